# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0

# `cmake --install` puts program, libraries, headers and find_package(paraspinal) in place;
# `cpack` makes the .deb of the same files.
include(CMakePackageConfigHelpers)
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/paraspinal)

get_property(libraries GLOBAL PROPERTY PARASPINAL_LIBRARIES)
install(TARGETS ${libraries}
    EXPORT paraspinal_targets
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT paraspinal_targets
    NAMESPACE paraspinal:: FILE paraspinal_targets.cmake DESTINATION ${package_folder})
install(TARGETS paraspinal)

# Names like core/error.h are too common for others: our headers are <paraspinal/core/error.h> to them, and
# include each other by that name.
get_property(headers GLOBAL PROPERTY PARASPINAL_HEADERS)
install(CODE "
    set(headers ${headers})
    set(tree \"${PROJECT_SOURCE_DIR}\")
    set(renamed \"${PROJECT_BINARY_DIR}/installed_headers\")
    set(include_folder \"${CMAKE_INSTALL_INCLUDEDIR}\")")
install(CODE [[
    file(REMOVE_RECURSE "${renamed}")
    foreach(header IN LISTS headers)
        file(READ "${tree}/${header}" text)
        string(REPLACE "#include \"" "#include \"paraspinal/" text "${text}")
        file(WRITE "${renamed}/paraspinal/${header}" "${text}")
    endforeach()
    file(INSTALL "${renamed}/paraspinal" DESTINATION "${CMAKE_INSTALL_PREFIX}/${include_folder}")]])
install(FILES LICENSE LICENSES/OFL-1.1.txt NOTICE CHANGELOG.md CITATION.cff README.md
    docs/listen.md packaging/node.conf packaging/copyright TYPE DOC)
install(DIRECTORY docs/schemas TYPE DOC)

# `systemctl enable --now paraspinal-listen`, when /etc/paraspinal/node.conf is written.
install(FILES packaging/orthanc/gateway.json packaging/orthanc/paraspinal.json packaging/orthanc/send_mr_series.lua
    DESTINATION ${CMAKE_INSTALL_DOCDIR}/orthanc)
install(FILES packaging/paraspinal-listen.service DESTINATION lib/systemd/system)

# What the program says of itself: completions, and man pages where help2man is there.
find_program(PARASPINAL_HELP2MAN help2man)
install(CODE "
    set(program \"$<TARGET_FILE:paraspinal>\")
    set(help2man \"${PARASPINAL_HELP2MAN}\")
    set(make_man_pages \"${PROJECT_SOURCE_DIR}/packaging/make_man_pages\")
    set(made \"${PROJECT_BINARY_DIR}/made_by_program\")")
install(CODE [[
    file(REMOVE_RECURSE "${made}")
    set(zsh_folder site-functions)
    if(CMAKE_INSTALL_PREFIX STREQUAL "/usr")
        set(zsh_folder vendor-completions)
    endif()
    set(bash_file bash-completion/completions/paraspinal)
    set(zsh_file zsh/${zsh_folder}/_paraspinal)
    set(fish_file fish/vendor_completions.d/paraspinal.fish)
    foreach(shell bash zsh fish)
        execute_process(COMMAND "${program}" completion ${shell} OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
        file(WRITE "${made}/${${shell}_file}" "${text}")
    endforeach()
    if(help2man)
        execute_process(COMMAND "${make_man_pages}" "${program}" "${made}/man/man1" COMMAND_ERROR_IS_FATAL ANY)
    endif()
    file(INSTALL "${made}/" DESTINATION "${CMAKE_INSTALL_PREFIX}/share")]])

configure_package_config_file(cmake/paraspinal_config.cmake.in
    ${CMAKE_CURRENT_BINARY_DIR}/paraspinal-config.cmake
    INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/paraspinal-config-version.cmake
    COMPATIBILITY SameMinorVersion)
install(FILES
    ${CMAKE_CURRENT_BINARY_DIR}/paraspinal-config.cmake
    ${CMAKE_CURRENT_BINARY_DIR}/paraspinal-config-version.cmake
    DESTINATION ${package_folder})

# `cmake --workflow --preset package` makes the .deb. Dependencies are those of the program's shared libraries.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "The paraspinal authors <paraspinal@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "muscle area and fat on lumbar MRI, and fracture risk")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "Measures the paraspinal muscles and the fat inside them on lumbar MRI
(DICOM, NIfTI): cross-sectional areas, fat, their ratio, and what a published
model says of fracture risk. For single patients, thousands of studies, and as
a DICOM node. Research use only; not a medical device.")
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
include(CPack)

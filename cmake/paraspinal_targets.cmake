# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0

# Flags that every target of ours shares; nothing of it reaches those who link us.
add_library(paraspinal_options INTERFACE)
target_compile_features(paraspinal_options INTERFACE cxx_std_20)
target_compile_options(paraspinal_options INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow
    # Members that a designated initializer leaves out have defaults; that is their point.
    -Wno-missing-field-initializers
    # The same sum of products on every machine: no fused multiply-add.
    -ffp-contract=off)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC 12 sees overlapping copies in std::string's operator+ where there are none (bug 105651).
    target_compile_options(paraspinal_options INTERFACE -Wno-restrict)
else()
    # GCC's -Wconversion does not ask for it in C++, Clang's does.
    target_compile_options(paraspinal_options INTERFACE -Wno-sign-conversion)
endif()
if(PARASPINAL_WERROR)
    target_compile_options(paraspinal_options INTERFACE -Werror)
endif()
if(PARASPINAL_SANITIZE)
    string(REPLACE ";" "," sanitizers "${PARASPINAL_SANITIZE}")
    target_compile_options(paraspinal_options INTERFACE
        -fsanitize=${sanitizers} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(paraspinal_options INTERFACE -fsanitize=${sanitizers})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # GCC's manual: sanitizers make its flow warnings report what is not so (std::regex here);
        # the Release build keeps this one.
        target_compile_options(paraspinal_options INTERFACE -Wno-maybe-uninitialized)
    endif()
endif()
if(PARASPINAL_FUZZ)
    target_compile_options(paraspinal_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(PARASPINAL_COVERAGE)
    target_compile_options(paraspinal_options INTERFACE --coverage)
    target_link_options(paraspinal_options INTERFACE --coverage)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    # Debian's ITK refuses clang; the shim stands in for the header that does so.
    target_compile_options(paraspinal_options INTERFACE
        "SHELL:-include ${PROJECT_SOURCE_DIR}/cmake/itk_clang_shim.h")
endif()

# The libraries that the one in `folder` links: those of the folders which cmake/layers.txt names for it and
# for the folders below it. A folder with a CMakeLists.txt is a library; others belong to the one above.
function(paraspinal_layers_of folder result)
    set(table ${PROJECT_SOURCE_DIR}/cmake/layers.txt)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${table})
    file(STRINGS ${table} rows REGEX "^[a-z]")
    set(layers)
    foreach(row IN LISTS rows)
        string(REGEX MATCH "^([^:]*): *(.*)$" _ "${row}")
        set(others ${CMAKE_MATCH_2})
        paraspinal_library_of(${CMAKE_MATCH_1} library)
        if(library STREQUAL folder)
            separate_arguments(others)
            foreach(other IN LISTS others)
                paraspinal_library_of(${other} layer)
                list(APPEND layers ${layer})
            endforeach()
        endif()
    endforeach()
    list(REMOVE_DUPLICATES layers)
    list(REMOVE_ITEM layers ${folder})
    set(${result} ${layers} PARENT_SCOPE)
endfunction()

function(paraspinal_library_of folder result)
    while(NOT EXISTS ${PROJECT_SOURCE_DIR}/${folder}/CMakeLists.txt)
        cmake_path(GET folder PARENT_PATH folder)
    endwhile()
    set(${result} ${folder} PARENT_SCOPE)
endfunction()

# paraspinal_add_library(<name> SOURCES ... HEADERS ... [LIBRARIES ...] [ITK])
# One static library a folder of cmake/layers.txt, which says what of ours it links; that is part of its
# interface. HEADERS are those that are installed. LIBRARIES (and ITK, which has no usable targets of its own) are third party and stay private, so
# no header of theirs leaks.
function(paraspinal_add_library name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "ITK" "" "SOURCES;HEADERS;LIBRARIES")
    set(target paraspinal_${name})
    add_library(${target} STATIC ${arg_SOURCES})
    add_library(paraspinal::${name} ALIAS ${target})
    set_target_properties(${target} PROPERTIES EXPORT_NAME ${name} CXX_EXTENSIONS OFF)
    target_compile_features(${target} PUBLIC cxx_std_20)
    target_include_directories(${target} PUBLIC
        $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>
        $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
    cmake_path(RELATIVE_PATH CMAKE_CURRENT_SOURCE_DIR BASE_DIRECTORY ${PROJECT_SOURCE_DIR} OUTPUT_VARIABLE folder)
    paraspinal_layers_of(${folder} layers)
    foreach(layer IN LISTS layers)
        cmake_path(GET layer FILENAME layer)
        target_link_libraries(${target} PUBLIC paraspinal_${layer})
    endforeach()
    target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:paraspinal_options> ${arg_LIBRARIES})
    if(arg_ITK)
        target_include_directories(${target} SYSTEM PRIVATE ${ITK_INCLUDE_DIRS})
        target_link_libraries(${target} PRIVATE ${ITK_LIBRARIES})
    endif()
    set_property(GLOBAL APPEND PROPERTY PARASPINAL_LIBRARIES ${target})
    list(TRANSFORM arg_HEADERS PREPEND ${folder}/)
    set_property(GLOBAL APPEND PROPERTY PARASPINAL_HEADERS ${arg_HEADERS})
endfunction()

# paraspinal_embed(<target> <symbol> <file>)
# Puts <file> into <target>; C++ declares it as
#   extern "C" const unsigned char <symbol>[]; extern "C" const unsigned char <symbol>_end[];
function(paraspinal_embed target symbol file)
    set(assembly ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.c)
    file(CONFIGURE OUTPUT ${assembly} CONTENT [[
__asm__(".section .rodata\n"
        ".global @symbol@\n.balign 64\n@symbol@:\n.incbin \"@file@\"\n"
        ".global @symbol@_end\n@symbol@_end:\n.byte 0\n.previous\n");
]] @ONLY)
    set_source_files_properties(${assembly} PROPERTIES OBJECT_DEPENDS ${file})
    target_sources(${target} PRIVATE ${assembly})
endfunction()

# paraspinal_add_test(<name> SOURCES ... LAYERS ... [LIBRARIES ...] [LABELS ...] [ITK])
# One GoogleTest program; each of its tests becomes a ctest. `tests/support` is linked to all.
# The label whole_program marks those that start the binary or take minutes; not run under sanitizers.
function(paraspinal_add_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "ITK" "" "SOURCES;LAYERS;LIBRARIES;LABELS")
    add_executable(${name} ${arg_SOURCES})
    list(TRANSFORM arg_LAYERS PREPEND paraspinal_)
    target_link_libraries(${name} PRIVATE
        paraspinal_options ${arg_LAYERS} paraspinal_test_support ${arg_LIBRARIES} GTest::gtest_main)
    if(TARGET paraspinal_test_support)  # Not for the tools, which are optimized otherwise.
        target_precompile_headers(${name} REUSE_FROM paraspinal_test_support)
    endif()
    if(arg_ITK)
        target_include_directories(${name} SYSTEM PRIVATE ${ITK_INCLUDE_DIRS})
        target_link_libraries(${name} PRIVATE ${ITK_LIBRARIES})
    endif()
    # The sanitizers do not run tests of the whole program, so they need not build them either.
    if(PARASPINAL_SANITIZE AND "whole_program" IN_LIST arg_LABELS)
        set_target_properties(${name} PROPERTIES EXCLUDE_FROM_ALL ON)
        return()
    endif()
    # A value without a printer would be named by its bytes, which change from run to run.
    gtest_discover_tests(${name}
        NO_PRETTY_VALUES DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 600 LABELS "${arg_LABELS}")
endfunction()

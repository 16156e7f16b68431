// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// Private to risk/: included by .cpp files only.
#pragma once

#include "core/error.h"

#include <algorithm>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// A file that is part of the program.
struct BuiltInFile {
    std::string_view name;
    std::string_view content;
};

/// What the files are, for messages: "risk model", and the files themselves.
struct BuiltInFiles {
    std::string_view kind;
    std::vector<BuiltInFile> files;
};

BuiltInFiles built_in_model_files();
BuiltInFiles built_in_publication_files();

std::vector<std::string> built_in_names(const BuiltInFiles& files);

/// The content of the built-in file of that name. Throws Error input_not_found listing the names.
std::string_view built_in_content(const BuiltInFiles& files, std::string_view name);

/// Bytes of a file. Throws Error unreadable_file.
std::string whole_file(const std::string& path);

/// `parse` applied to the built-in file of that name or else to the file of that path, which errors
/// name. Throws Error input_not_found when there is neither.
template <class Parse>
auto read_built_in_or_file(const BuiltInFiles& files,
                           const std::string& name_or_path,
                           const Parse& parse) {
    std::error_code failure;
    const bool is_name = std::ranges::count(files.files, name_or_path, &BuiltInFile::name) > 0;
    if (!is_name && std::filesystem::is_regular_file(name_or_path, failure)) {
        return within(name_or_path, [&] { return parse(whole_file(name_or_path)); });
    }
    return parse(built_in_content(files, name_or_path));
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/model/built_in_files.h"

#include "core/text.h"

#include <fstream>
#include <sstream>

// NOLINTBEGIN(*-avoid-c-arrays): symbols of the embedded files (risk/CMakeLists.txt).
extern "C" const char paraspinal_model_yang2025[];
extern "C" const char paraspinal_model_yang2025_end[];
extern "C" const char paraspinal_model_yang2025_shrunk[];
extern "C" const char paraspinal_model_yang2025_shrunk_end[];
extern "C" const char paraspinal_publication_yang2025[];
extern "C" const char paraspinal_publication_yang2025_end[];
extern "C" const char paraspinal_publication_reyhani2025[];
extern "C" const char paraspinal_publication_reyhani2025_end[];
// NOLINTEND(*-avoid-c-arrays)

namespace paraspinal {
namespace {

std::string_view text_between(const char* begin, const char* end) {
    return {begin, static_cast<std::size_t>(end - begin)};
}

}  // namespace

BuiltInFiles built_in_model_files() {
    return {.kind = "risk model",
            .files = {{.name = "yang2025",
                       .content = text_between(&paraspinal_model_yang2025[0],
                                               &paraspinal_model_yang2025_end[0])},
                      {.name = "yang2025_shrunk",
                       .content = text_between(&paraspinal_model_yang2025_shrunk[0],
                                               &paraspinal_model_yang2025_shrunk_end[0])}}};
}

BuiltInFiles built_in_publication_files() {
    return {.kind = "publication",
            .files = {{.name = "yang2025",
                       .content = text_between(&paraspinal_publication_yang2025[0],
                                               &paraspinal_publication_yang2025_end[0])},
                      {.name = "reyhani2025",
                       .content = text_between(&paraspinal_publication_reyhani2025[0],
                                               &paraspinal_publication_reyhani2025_end[0])}}};
}

std::vector<std::string> built_in_names(const BuiltInFiles& files) {
    std::vector<std::string> names;
    names.reserve(files.files.size());
    for (const BuiltInFile& file : files.files) {
        names.emplace_back(file.name);
    }
    return names;
}

std::string_view built_in_content(const BuiltInFiles& files, std::string_view name) {
    for (const BuiltInFile& file : files.files) {
        if (file.name == name) {
            return file.content;
        }
    }
    throw Error(
        ErrorCode::input_not_found,
        "no " + std::string(files.kind) + " " + std::string(name) +
            ": give the path of a JSON file or one of: " + joined(built_in_names(files), ", "));
}

std::string whole_file(const std::string& path) {
    const std::ifstream file(path, std::ios::binary);
    std::ostringstream content;
    content << file.rdbuf();
    if (!file || !content) {
        throw Error(ErrorCode::unreadable_file, "cannot be read");
    }
    return content.str();
}

}  // namespace paraspinal

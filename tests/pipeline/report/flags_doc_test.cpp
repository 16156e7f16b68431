// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// docs/errors.md lists the flags that the program raises. Their names stand in the sources as text,
// so that is where they are looked for.
#include "tests/support/shared_data.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

namespace paraspinal {
namespace {

std::string content_of(const std::filesystem::path& file) {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::set<std::string> first_groups(const std::string& text, const std::string& pattern) {
    const std::regex wanted(pattern);
    std::set<std::string> groups;
    for (std::sregex_iterator found(text.begin(), text.end(), wanted), end; found != end; ++found) {
        groups.insert((*found)[1]);
    }
    return groups;
}

std::set<std::string> documented_flags() {
    const std::string page = content_of(testing::source_folder() / "docs/errors.md");
    return first_groups(page.substr(page.find("## Flags")), "\n\\| `([a-z0-9_]+)` \\|");
}

std::string sources() {
    std::string text;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(testing::source_folder() / "pipeline")) {
        if (entry.path().extension() == ".cpp") {
            text += content_of(entry.path());
        }
    }
    return text;
}

TEST(FlagsDoc, ListsEveryFlagThatIsAdded) {
    const std::set<std::string> documented = documented_flags();
    const std::set<std::string> added =
        first_groups(sources(),
                     "(?:flags\\.push_back\\(|add_flag\\(\\s*\\w+,|flag_list\\(\\s*flags,)\\s*"
                     "\\{?\"([a-z0-9_]+)\"");
    EXPECT_GT(added.size(), 10U);
    for (const std::string& flag : added) {
        EXPECT_TRUE(documented.contains(flag)) << flag;
    }
}

TEST(FlagsDoc, ListsNoFlagThatIsGone) {
    const std::string text = sources();
    // These two are named by their error codes.
    for (const std::string& flag : documented_flags()) {
        const bool is_code = flag == "weighting_unknown" || flag == "not_t2_weighted";
        const std::string literal = is_code ? "ErrorCode::" + flag : '"' + flag + '"';
        EXPECT_NE(text.find(literal), std::string::npos) << flag;
    }
}

}  // namespace
}  // namespace paraspinal

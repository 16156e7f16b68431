// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// docs/errors.md lists every flag with what it is about and what it means, and no other.
#include "core/flag.h"
#include "core/text.h"
#include "tests/support/shared_data.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

struct DocumentedFlag {
    std::string name;
    std::string subject;
    std::string meaning;
};

// The rows of the table below "## Flags": "| `name` | about | meaning |".
std::vector<DocumentedFlag> documented_flags() {
    std::ifstream page(testing::source_folder() / "docs/errors.md");
    std::vector<DocumentedFlag> flags;
    bool is_here = false;
    for (std::string line; std::getline(page, line);) {
        is_here = line.starts_with("## ") ? line == "## Flags" : is_here;
        if (is_here && line.starts_with("| `")) {
            const std::vector<std::string> cells = split(line, '|');
            const std::string name(trimmed(cells.at(1)));
            flags.push_back({.name = name.substr(1, name.size() - 2),
                             .subject = std::string(trimmed(cells.at(2))),
                             .meaning = std::string(trimmed(cells.at(3)))});
        }
    }
    return flags;
}

TEST(FlagsDoc, ListsEveryFlagAndNoOther) {
    const std::vector<DocumentedFlag> documented = documented_flags();
    ASSERT_EQ(documented.size(), flag_table().size());
    for (std::size_t i = 0; i < documented.size(); ++i) {
        const FlagEntry& entry = flag_table()[i];
        EXPECT_EQ(documented[i].name, entry.name);
        EXPECT_EQ(documented[i].subject, subject_name(entry.subject)) << entry.name;
        EXPECT_TRUE(documented[i].meaning.starts_with(entry.meaning)) << entry.name;
    }
}

// The rows stand in the order of the enumeration, so that none is missing.
TEST(Flags, HaveOneRowEach) {
    int number = 0;
    for (const FlagEntry& entry : flag_table()) {
        EXPECT_EQ(static_cast<int>(entry.flag), number++) << entry.name;
        EXPECT_EQ(flag_name(entry.flag), entry.name);
        EXPECT_EQ(flag_subject(entry.flag), entry.subject);
    }
    EXPECT_ANY_THROW(flag_name(static_cast<Flag>(number)));
}

}  // namespace
}  // namespace paraspinal

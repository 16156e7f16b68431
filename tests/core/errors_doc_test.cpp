// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// docs/errors.md lists every error code with its exit code, and no other.
#include "core/error.h"
#include "tests/support/shared_data.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <regex>
#include <string>

namespace paraspinal {
namespace {

using ExitCodes = std::map<std::string, std::string>;

// Rows of the table below "| code | exit |", which may name several codes.
ExitCodes documented_codes() {
    std::ifstream page(testing::source_folder() / "docs/errors.md");
    const std::regex row("\\| (`[a-z0-9_]+`(?:, `[a-z0-9_]+`)*) \\| ([0-9]+) \\|.*");
    const std::regex name("[a-z0-9_]+");
    ExitCodes codes;
    for (std::string line; std::getline(page, line);) {
        std::smatch cells;
        if (std::regex_match(line, cells, row)) {
            const std::string names = cells[1];
            for (std::sregex_iterator found(names.begin(), names.end(), name), end; found != end;
                 ++found) {
                codes[found->str()] = cells[2];
            }
        }
    }
    return codes;
}

// Codes are numbered without a gap; what is not one of them has the name of the first.
ExitCodes codes_of_the_program() {
    const auto name_of = [](int number) { return error_name(static_cast<ErrorCode>(number)); };
    ExitCodes codes;
    for (int number = 0; number == 0 || name_of(number) != name_of(0); ++number) {
        codes[std::string(name_of(number))] =
            std::to_string(exit_code(static_cast<ErrorCode>(number)));
    }
    return codes;
}

TEST(ErrorsDoc, ListsEveryCodeWithItsExitCode) {
    EXPECT_EQ(documented_codes(), codes_of_the_program());
    EXPECT_GT(codes_of_the_program().size(), 30U);
}

}  // namespace
}  // namespace paraspinal

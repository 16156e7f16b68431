// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace paraspinal::testing {

/// What a finished program left behind.
struct ProgramRun {
    int exit_code = -1;  ///< 128 + signal when it was killed.
    std::string out;
    std::string err;
};

/// Runs `program` (looked up in PATH when it has no slash) without a shell and waits for it.
ProgramRun run_program(const std::filesystem::path& program,
                       const std::vector<std::string>& arguments);

/// Runs the paraspinal binary of this build.
ProgramRun run_paraspinal(const std::vector<std::string>& arguments);

/// Cells of a CSV line by column name; only for cells without quotes.
std::string cell(const std::string& csv, const std::string& column, int row = 0);

}  // namespace paraspinal::testing

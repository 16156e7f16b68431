// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal::testing {

/// What a finished program left behind.
struct ProgramRun {
    int exit_code = -1;  ///< 128 + signal when it was killed.
    std::string out;
    std::string err;
};

/// What the started program must make do with.
struct ProgramLimits {
    /// Writing beyond it in any one file fails, as on a full disk.
    std::optional<std::uint64_t> file_bytes;
    /// Address space in bytes; what needs more gets no memory.
    std::optional<std::uint64_t> memory_bytes;
    /// Its standard output goes here instead of into ProgramRun::out.
    std::filesystem::path out_file;
    /// As soon as this is true the program gets `signal`; asked every few milliseconds.
    std::function<bool()> signal_when;
    int signal = 0;
};

/// Runs `program` (looked up in PATH when it has no slash) without a shell and waits for it.
ProgramRun run_program(const std::filesystem::path& program,
                       const std::vector<std::string>& arguments,
                       const ProgramLimits& limits = {});

/// Runs the paraspinal binary of this build.
ProgramRun run_paraspinal(const std::vector<std::string>& arguments,
                          const ProgramLimits& limits = {});

/// Every byte of a file; nothing of one that is absent.
std::string content_of(const std::filesystem::path& file);

/// Lines of a text.
std::vector<std::string> lines_of(const std::string& text);

/// Cells of a CSV line by column name; only for cells without quotes.
std::string cell(const std::string& csv, const std::string& column, int row = 0);

}  // namespace paraspinal::testing

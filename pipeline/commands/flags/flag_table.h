// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace paraspinal {

/// The field that an option fills. A path is that of a file which is read.
using FlagField = std::variant<bool*,
                               std::string*,
                               std::optional<std::string>*,
                               std::optional<double>*,
                               std::filesystem::path*>;

/// An option that decides what is measured: a row of a table over which the command line, what a
/// worker process is told, and the fingerprint of a batch walk.
struct CommandFlag {
    std::string name;  ///< "--level"
    FlagField field;   ///< Must outlive the parsing.
    std::string about;
    std::string value_name;            ///< For --help, "UID"; none for a bool.
    std::vector<std::string> choices;  ///< All that may be given; empty: anything.
    /// Of a text that else is the path of a file: names that are none.
    std::vector<std::string> built_in;
};

/// Adds them to a command, in order.
void add_flags(CLI::App& command, const std::vector<CommandFlag>& flags);

/// Adds `--config FILE`: options as lines `name = value` of TOML, those of one command below
/// `[measure]` or `[batch]`. What the command line says comes first; what is no option is refused.
void add_config_file(CLI::App& command);

/// All rows of several tables.
std::vector<CommandFlag> concatenated(const std::vector<std::vector<CommandFlag>>& tables);

/// The values of the fields as one JSON object, on one line of ASCII, keyed by the names without
/// dashes. Fields without a value are left out.
std::string flags_json(const std::vector<CommandFlag>& flags);

/// Fills the fields from what flags_json wrote; those that it left out stay as they are.
/// Throws Error usage for anything else.
void read_flags_json(std::string_view json, const std::vector<CommandFlag>& flags);

/// The files that the values name.
std::vector<std::filesystem::path> named_files(const std::vector<CommandFlag>& flags);

}  // namespace paraspinal

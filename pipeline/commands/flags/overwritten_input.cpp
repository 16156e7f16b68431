// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/flags/overwritten_input.h"

#include "core/error.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 6> kWritten{
    "--output", "--picture", "--unmatched", "--methods", "--sav", "--dta"};

// Others (COLUMN, LIST, NAME ...) may be called like a file and mean none.
bool names_files(const CLI::Option& option) {
    const std::string type = option.get_type_name();
    return type.empty() || type.find("FILE") != type.npos || type.find("DIR") != type.npos;
}

bool is_written(const CLI::Option& option) {
    return std::ranges::find(kWritten, option.get_name()) != kWritten.end();
}

bool is_same_file(const fs::path& one, const fs::path& other) {
    std::error_code ignored;
    return fs::is_regular_file(one, ignored) && fs::equivalent(one, other, ignored);
}

}  // namespace

void refuse_overwriting(const CLI::App& app) {
    for (const CLI::App* const command : app.get_subcommands()) {
        refuse_overwriting(*command);
    }
    const std::vector<const CLI::Option*> options = app.get_options(
        [](const CLI::Option* option) { return option->count() > 0 && names_files(*option); });
    for (const CLI::Option* const output : options) {
        for (const CLI::Option* const other : options) {
            if (!is_written(*output) || output == other) {
                continue;
            }
            const fs::path file = output->results().back();
            for (const std::string& result : other->results()) {
                const fs::path given = result;
                if (is_same_file(file, given) || is_same_file(file, given / "measurements.csv")) {
                    throw Error(ErrorCode::usage,
                                "'" + file.string() + "' (" + output->get_name() +
                                    ") is also named as " +
                                    (is_written(*other) ? "another file to be written" : "input") +
                                    ", which would be lost; choose another name");
                }
            }
        }
    }
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/flags/spine_flags.h"

#include "core/error.h"
#include "core/text.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

namespace paraspinal {
namespace {

constexpr std::array<std::string_view, 5> kLevels{"L1", "L2", "L3", "L4", "L5"};

}  // namespace

std::vector<CommandFlag> spine_flags(SpineFlags& flags) {
    return {{.name = "--levels",
             .field = &flags.levels,
             .about = "Measure these too, into levels.csv: L1,L2 or all",
             .value_name = "LIST"},
            {.name = "--every-slice",
             .field = &flags.every_slice,
             .about = "And all axial slices, into slices.csv, volumes.csv",
             .value_name = {},
             .choices = {}},
            {.name = "--level-offset",
             .field = &flags.level_offset,
             .about = "Move the names of all vertebrae up or down by one",
             .value_name = "+1|-1",
             .choices = {"+1", "-1"}}};
}

std::vector<std::string> asked_levels(const SpineFlags& flags) {
    if (!flags.levels) {
        return {};
    }
    if (lower_case(trimmed(*flags.levels)) == "all") {
        return {kLevels.begin(), kLevels.end()};
    }
    std::set<std::string> asked;
    for (const std::string& name : split(*flags.levels, ',')) {
        const auto same = [&name](std::string_view level) {
            return lower_case(level) == lower_case(trimmed(name));
        };
        const auto found = std::ranges::find_if(kLevels, same);
        if (found == kLevels.end()) {
            throw Error(
                ErrorCode::usage,
                "--levels takes 'all' or some of L1,L2,L3,L4,L5, not '" + *flags.levels + "'");
        }
        asked.emplace(*found);
    }
    if (asked.empty()) {
        throw Error(ErrorCode::usage,
                    "--levels takes 'all' or some of L1,L2,L3,L4,L5, not nothing");
    }
    return {asked.begin(), asked.end()};
}

void require_place_for_slices(const AnalyzeOptions& analyze, bool has_tables) {
    if (analyze.every_slice && !has_tables) {
        throw Error(ErrorCode::usage,
                    "--every-slice is told by slices.csv and volumes.csv; name a folder for them "
                    "with -o, and csv among --write");
    }
}

int asked_level_offset(const SpineFlags& flags) {
    return !flags.level_offset ? 0 : *flags.level_offset == "+1" ? 1 : -1;
}

}  // namespace paraspinal

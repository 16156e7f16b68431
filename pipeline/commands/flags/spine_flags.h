// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/commands/flags/flag_table.h"
#include "pipeline/study/analyze_slice.h"

#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// The options that ask for more than one slice of a study, and count its vertebrae, as typed.
struct SpineFlags {
    std::optional<std::string> levels;
    bool every_slice = false;
    std::optional<std::string> level_offset;  ///< "+1" or "-1".
};

std::vector<CommandFlag> spine_flags(SpineFlags& flags);

/// The levels that `flags` ask for, from head to feet, each once. Throws Error usage.
std::vector<std::string> asked_levels(const SpineFlags& flags);

/// Throws Error usage where every slice is asked for and no table would tell it.
void require_place_for_slices(const AnalyzeOptions& analyze, bool has_tables);

/// As SliceRequest::level_offset.
int asked_level_offset(const SpineFlags& flags);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/commands/flags/flag_table.h"
#include "pipeline/study/measure_fat.h"

#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// The options that say how muscle and fat are measured, as typed.
struct MeasuringFlags {
    std::optional<std::string> fat_method;
    std::optional<double> fat_threshold;
    std::optional<double> fat_share;
    std::optional<std::string> fat_guard;
    std::string roi = "fascial";
    bool no_bias_correction = false;
};

std::vector<CommandFlag> measuring_flags(MeasuringFlags& flags);

/// What they mean together. Throws Error usage where they contradict each other.
MeasureFatOptions measure_fat_options(const MeasuringFlags& flags);

}  // namespace paraspinal

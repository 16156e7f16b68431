// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/interval.h"
#include "core/unit.h"
#include "pipeline/study/quantities.h"
#include "pipeline/study/study_report.h"

#include <optional>
#include <span>
#include <string_view>

namespace paraspinal {

/// How far measurements of one unchanged patient by this program, on one scanner, differ. Not how
/// far another reader's do: that is the 90 % interval of measurements.csv (docs/intervals.md).
/// Made by scripts/evaluate_repeatability; docs/follow.md says how, and what is not in it.
struct RepeatedQuantity {
    std::string_view name;    ///< Column of measurements.csv.
    std::string_view symbol;  ///< Heads a line: "CSA".
    Unit unit;
    bool needs_fat = false;    ///< It depends on the fat threshold.
    bool is_relative = false;  ///< The deviations are shares of the value, else in its unit.
    double within_sd = 0;      ///< From measurement to measurement.
    double change_per_mm = 0;  ///< How it changes along the spine, root mean square.
};

/// All that follow compares, in the order of its rows.
std::span<const RepeatedQuantity> repeated_quantities();

/// 90 % interval for what this program would measure if the unchanged patient were scanned again on
/// that scanner. A lower bound: docs/follow.md says what is not in it. Nothing where the quantity
/// was not measured or where nobody measured how well it repeats: on outlines that a person drew or
/// that are in doubt, for FDR by other than the default options, inside of the epimuscular fat.
std::optional<Interval> repeat_interval(const Quantity& quantity, const StudyReport& report);

/// What part of repeated differences lies within the intervals of follow.
inline constexpr double kRepeatCoverage = 0.95;

/// The difference of two measurements around `value` that they exceed in one of twenty cases if
/// nothing changed: z x sqrt(2) x s_w (Bland and Altman 1996, doi:10.1136/bmj.313.7059.744), and
/// more where their slices lie `apart_mm` from each other along the spine. In the quantity's unit.
double smallest_real_change(const RepeatedQuantity& quantity, double value, double apart_mm);

}  // namespace paraspinal

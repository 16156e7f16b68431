// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/statistics/group_tests.h"

#include <cstdint>
#include <span>

namespace paraspinal {

/// A score a patient and whether the patient had the event: one entry each, same order.
struct ScoredPatients {
    std::span<const double> score;
    std::span<const std::uint8_t> event;  ///< 1 or 0.
};

/// Area under the ROC curve, larger scores speaking for the event, with a 95 % interval cut to
/// [0, 1]. It is that of DeLong et al. (Biometrics 1988;44:837-845; algorithm of Sun and Xu, IEEE
/// Signal Process Lett 2014;21:1389-1393). Where DeLong's variance says nothing (no overlap of the
/// scores, so that it is 0, or a group of one patient) it is that of method 5 of Newcombe (Stat Med
/// 2006;25:559-573): the areas whose Hanley-McNeil standard error, with the mean size of the groups
/// for both, does not exclude the one observed. Throws Error invalid_value unless both outcomes
/// occur.
IntervalEstimate area_under_curve(const ScoredPatients& patients);

/// Whether area_under_curve takes Newcombe's interval for them.
bool has_degenerate_area(const ScoredPatients& patients);

/// Two scores of the same patients.
struct TwoScores {
    std::span<const double> first;
    std::span<const double> second;
    std::span<const std::uint8_t> event;  ///< 1 or 0.
};

struct AreaComparison {
    IntervalEstimate difference;  ///< First area - second area.
    TestResult test;              ///< DeLong's z.
};

/// DeLong's comparison of two correlated areas (R's roc.test), larger scores speaking for the event
/// in both. P is 1 when the two order the patients alike. Throws as area_under_curve, and Error
/// invalid_value when a group has one patient.
AreaComparison compare_areas(const TwoScores& scores);

}  // namespace paraspinal

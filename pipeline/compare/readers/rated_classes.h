// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/statistics/kappa.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// One column of classes as each of two or more raters has it.
struct RatedClasses {
    std::string column;
    std::string group{};               ///< As RatedColumn.
    std::vector<std::string> classes;  ///< In their order, where they have one.
    bool is_ordered = false;
    /// Of each rater, one a subject: place in `classes`; nothing where missing.
    std::vector<std::vector<std::optional<std::size_t>>> ratings;
};

/// How far two raters, or all of more than two, put subjects into the same classes.
struct ClassAgreement {
    std::string column;
    std::string group;
    std::string raters;         ///< "anna - ben"; "all" of more than two together.
    std::int64_t subjects = 0;  ///< Whom all of them have rated; all below is from these.
    std::int64_t missing = 0;
    std::int64_t alike = 0;  ///< Subjects whom all put into one class.
    std::vector<std::string> classes;
    RatingCounts counts;                    ///< Of two, as cohen_kappa; of more empty.
    std::optional<IntervalEstimate> kappa;  ///< Cohen's; of more than two Fleiss'.
    /// Of two and ordered classes only.
    std::optional<IntervalEstimate> linear_kappa;
    std::optional<IntervalEstimate> quadratic_kappa;
};

/// All together where there are more than two, then each pair, the first with the second first.
std::vector<ClassAgreement> agree_classes(const RatedClasses& rated,
                                          const std::vector<std::string>& raters);

}  // namespace paraspinal

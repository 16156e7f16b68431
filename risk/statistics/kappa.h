// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/statistics/group_tests.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace paraspinal {

/// How much a disagreement counts, by how many classes lie between the two.
enum class KappaWeights {
    none,       ///< Every disagreement alike.
    linear,     ///< By the distance of the classes.
    quadratic,  ///< By its square.
};

/// Two raters of the same subjects: how many the first put into the class of the row and the second
/// into that of the column. Square; the classes in their order.
using RatingCounts = std::vector<std::vector<std::int64_t>>;

/// Cohen's kappa, (weighted) agreement beyond chance, with its 95 % interval, cut at -1 and 1;
/// nothing where one of them used a single class, so that kappa is 0 or undefined whatever the
/// other did. Where they agree about every subject the interval is that of Wilson of the share that
/// does. Sources: Cohen, Psychol Bull 1968;70:213-220; variance: Fleiss, Cohen and Everitt, Psychol
/// Bull 1969;72:323-327. Throws Error invalid_value for no subject and for a table that is not
/// square.
std::optional<IntervalEstimate> cohen_kappa(const RatingCounts& counts, KappaWeights weights);

/// Fleiss' kappa of two or more raters, one row a subject: how many raters put it into each class.
/// With its 95 % interval over subjects, cut at -1 and 1, of full agreement as cohen_kappa; nothing
/// where all used one class, or of a single subject. Sources: Fleiss, Psychol Bull 1971;76:378-382;
/// variance: Gwet, Br J Math Stat Psychol 2008;61:29-48. Throws Error invalid_value unless every
/// subject has the same number of raters, two or more.
std::optional<IntervalEstimate> fleiss_kappa(const RatingCounts& subjects);

}  // namespace paraspinal

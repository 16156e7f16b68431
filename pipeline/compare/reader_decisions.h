// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/compare/reader_views.h"
#include "risk/statistics/kappa.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// What one reader did with the studies of a run.
struct ReaderCounts {
    std::string reader;
    bool is_model = false;  ///< Measures, and decides about nothing.
    std::int64_t accepted = 0;
    std::int64_t outdated = 0;  ///< Of the accepted: the study was measured again since.
    std::int64_t corrected = 0;
    std::int64_t rejected = 0;
    std::int64_t undecided = 0;
    std::int64_t blind = 0;  ///< Of those decided about: the result of the run was hidden.
};

/// How far two readers decide alike. The classes are accepted, corrected, rejected, in this order:
/// from a right result to none.
struct DecisionAgreement {
    std::string raters;                              ///< "anna - ben"; "all" of three or more.
    std::int64_t both = 0;                           ///< Studies that all of them decided about.
    RatingCounts counts;                             ///< Of two: as cohen_kappa; of more empty.
    std::optional<IntervalEstimate> kappa;           ///< Cohen's; of more than two Fleiss'.
    std::optional<IntervalEstimate> weighted_kappa;  ///< Linear weights; of two only.
};

std::vector<ReaderCounts> count_decisions(const std::vector<ReadStudy>& studies,
                                          const std::vector<std::string>& readers);

/// All together where more than two are people, then each pair; the model decides about nothing.
std::vector<DecisionAgreement> agree_decisions(const std::vector<ReadStudy>& studies,
                                               const std::vector<std::string>& readers);

}  // namespace paraspinal

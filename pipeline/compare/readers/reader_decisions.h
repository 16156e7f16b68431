// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/compare/readers/rated_classes.h"
#include "pipeline/compare/readers/reader_views.h"

#include <cstdint>
#include <string>
#include <vector>

namespace paraspinal {

/// What one reader did with the studies of a run.
struct ReaderCounts {
    std::string reader;
    bool is_model = false;  ///< Measures, and decides about nothing.
    std::int64_t accepted = 0;
    std::int64_t outdated = 0;  ///< Of accepted and corrected: the study was measured again since.
    std::int64_t corrected = 0;
    std::int64_t rejected = 0;
    std::int64_t undecided = 0;
    std::int64_t blind = 0;  ///< Of those decided about: the result of the run was hidden.
};

std::vector<ReaderCounts> count_decisions(const std::vector<ReadStudy>& studies,
                                          const std::vector<std::string>& readers);

/// How far people decide alike, as agree_classes: accepted, corrected, rejected, in this order,
/// from a right result to none. The model decides about nothing.
std::vector<ClassAgreement> agree_decisions(const std::vector<ReadStudy>& studies,
                                            const std::vector<std::string>& readers);

}  // namespace paraspinal

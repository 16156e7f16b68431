// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/cohort/compare_rows.h"

#include <string>
#include <vector>

namespace paraspinal {

/// Events of a yes/no column per 100 patient-years of `months`, with the exact interval; of two
/// groups their ratio (RR) with the exact test. Nothing when a group was not watched at all.
std::vector<CompareRow> rate_rows(const CohortColumn& events,
                                  const CohortColumn& months,
                                  const Grouping& grouping);

/// What must be said of groups that were not watched for the same time: empty when a rank test does
/// not tell their times apart.
std::string unlike_follow_up(const CohortColumn& months, const Grouping& grouping);

}  // namespace paraspinal

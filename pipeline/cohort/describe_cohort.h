// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/cohort_table.h"
#include "pipeline/tables/text_table.h"

namespace paraspinal {

/// How many patients have a value, mean and SD, median and quartiles, range; classes with counts.
/// Quartiles are those of R's default (type 7).
TextTable describe_cohort(const CohortTable& cohort);

}  // namespace paraspinal

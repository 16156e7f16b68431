// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/cohort/compare_rows.h"
#include "pipeline/tables/cohort_table.h"

#include <string>
#include <vector>

namespace paraspinal {

/// A plot for each of `columns` (numbers; others are passed over) with a box per group: median and
/// quartiles (R type 7), whiskers to the farthest value within 1.5 box lengths (Tukey), values
/// beyond as dots. `by` is what the heading calls the groups. Empty where no column holds numbers.
/// The same input gives the same bytes.
std::string boxes_svg(const std::vector<const CohortColumn*>& columns,
                      const Grouping& grouping,
                      const std::string& by);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/cohort_table.h"

#include <cstddef>
#include <string>
#include <vector>

namespace paraspinal {

/// Places of `names` in the order of an ordered column: that of the user's list, in any case, else
/// of numbers. Classes that have no place there come last.
std::vector<std::size_t> class_order(const std::vector<std::string>& names,
                                     const CohortColumn& column);

/// The first of `names` that has no place in that order; empty where all have.
std::string class_without_place(const std::vector<std::string>& names, const CohortColumn& column);

}  // namespace paraspinal

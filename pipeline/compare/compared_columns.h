// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/cohort_table.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// Quantities of measurements.csv that readers compare; not the ends of their intervals.
inline constexpr std::array<std::string_view, 8> kComparedQuantities{"csa_cm2",
                                                                     "fa_cm2",
                                                                     "fdr_pct",
                                                                     "vb_cm2",
                                                                     "csa_vb_ratio",
                                                                     "lean_csa_cm2",
                                                                     "fat_fraction_pct",
                                                                     "asymmetry_pct"};

/// The column of this name, in any case; null where there is none.
const CohortColumn* find_column(const CohortTable& table, std::string_view name);

/// The same; throws Error usage where there is none.
const CohortColumn& column_named(const CohortTable& table, const std::string& name);

bool all_have(const std::vector<CohortTable>& tables, std::string_view name);

/// Names of the columns that raters are compared in.
struct ComparedColumns {
    std::vector<std::string> numbers;
    std::vector<std::string> classes;
};

/// Those that were `asked` for, or all that hold numbers, or classes, in every table; of tables of
/// measurements the quantities. Throws Error usage for one that was asked for and holds neither,
/// and invalid_value when there is none.
ComparedColumns compared_columns(const std::vector<CohortTable>& tables,
                                 const std::vector<std::string>& key,
                                 const std::vector<std::string>& asked);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/cohort_table.h"
#include "pipeline/tables/text_table.h"

namespace paraspinal {

/// What every column of a cohort is taken for, in the form that read_column_declarations and
/// read_column_map read: column, means, type, unit, label, classes, missing, and for the eye n and
/// note. The type of a column that must be confirmed is empty. Holds no value of identifiers, dates
/// and free text.
TextTable cohort_dictionary(const CohortTable& cohort);

}  // namespace paraspinal

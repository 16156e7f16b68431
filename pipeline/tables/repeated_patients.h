// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/cohort_table.h"

#include <string>

namespace paraspinal {

/// What people must be told when several rows of `cohort` have one patient_id: analyses take every
/// row for a patient of its own. Empty where none have.
std::string repeated_patients_text(const CohortTable& cohort);

}  // namespace paraspinal

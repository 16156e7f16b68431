// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/follow/follow_patients.h"

#include <string>

namespace paraspinal {

/// `patients.csv`: one row a patient, from the first to the last examination, or one a named pair,
/// for tables of groups. Of each quantity `csa_change_cm2` and `csa_verdict`; the change is empty
/// where it is not comparable.
std::string patients_csv(const FollowUp& result);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/follow/follow_patients.h"

#include <functional>
#include <string>

namespace paraspinal {

/// "treated_levels" of the patient with this ID; empty when it is not known.
using TreatedLevels = std::function<std::string(const std::string& patient_id)>;

/// `vertebra_changes.csv`: one row a pair and vertebral body that was measured at both.
std::string vertebra_changes_csv(const FollowUp& result, const TreatedLevels& treated);

/// The suspected new deformities of a pair in words, "L1 (reduction 3 to 28 %)"; empty: none.
std::string new_deformity_words(const ExaminationPair& pair);

}  // namespace paraspinal

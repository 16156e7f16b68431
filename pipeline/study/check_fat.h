// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/study_report.h"

#include <vector>

namespace paraspinal {

/// Reasons not to trust the fat: `fat_method_disagreement` when the methods differ by more than
/// they do on slices whose fat is known to be measured well.
std::vector<QcFlag> check_fat(const FatEvidence& evidence);

}  // namespace paraspinal

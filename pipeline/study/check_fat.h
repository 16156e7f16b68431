// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/study_report.h"

#include <vector>

namespace paraspinal {

/// Reasons not to trust the fat, or to know what it was compared with: `fat_reference_missing` when
/// there was nothing, so that no fat was measured; `fat_reference_elsewhere` when it was no
/// subcutaneous fat; `fat_method_disagreement` when the methods differ by more than usual;
/// `intensities_clipped` when the image as stored had too few values for the threshold;
/// `dark_band_suspected` when part of the muscles has lost its signal.
std::vector<QcFlag> check_fat(const FatMeasurement& fat);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"
#include "core/structure.h"

#include <vector>

namespace paraspinal {

/// The brightnesses of all paraspinal muscle pixels of a slice, ascending.
/// Throws Error fat_threshold_failed when no threshold can be found in them: none, too few, alike,
/// saturated, or not numbers.
std::vector<double> muscle_values(const ImageSlice& slice, const LabelMap& labels);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"
#include "core/structure.h"
#include "segmentation/fat/sample.h"

#include <vector>

namespace paraspinal {

/// Which square of the image each value of FatSample::values lies in, numbered from 0. Neighboring
/// pixels are alike, so chance draws squares, not pixels (block bootstrap: Künsch 1989,
/// doi:10.1214/aos/1176347265). Their side is that of the clusters of fat and muscle.
std::vector<int> muscle_squares(const ImageSlice& slice, const LabelMap& labels);

/// `count` samples made of as many squares of `sample`, each drawn with replacement, and each with
/// the next of SeenFat::choices as its fat. Samples that have but one value are left out.
/// Deterministic.
std::vector<FatSample> resampled(const FatSample& sample,
                                 const std::vector<int>& squares,
                                 int count);

}  // namespace paraspinal

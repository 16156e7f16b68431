// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "segmentation/fat/sample.h"

#include <string>

namespace paraspinal {

/// Why the muscles of a sample are all lean or all fat; empty when they are lean and fat.
///
/// There are two classes when two Gaussians describe the pixels better than one (Bayesian
/// information criterion), lie apart (Ashman's D), and, where the slice shows fat to compare with,
/// one of them is bright enough for fat and the other dark enough for muscle.
std::string why_one_class(const FatSample& sample);

/// The value `share` of the way from lean muscle to the fat of the reference.
/// The sample must have a reference.
double reference_threshold(const FatSample& sample, double share);

/// The least value outside of the noise of lean muscle: three of its deviations above it, but not
/// beyond halfway to fat. The sample must have a reference.
double above_noise(const FatSample& sample);

/// Typical brightness of lean muscle: the peak at the dark end of the muscle pixels.
/// The sample must have a reference.
double lean_value(const FatSample& sample);

}  // namespace paraspinal

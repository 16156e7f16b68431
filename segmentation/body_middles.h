// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace paraspinal {

/// How bright one sagittal slice is behind a body, where the spinal canal runs in the middle
/// slices.
struct CanalSample {
    double across_mm = 0;  ///< Place of the slice along the stack.
    double brightness = 0;
};

/// The samples behind one body, and how high it lies along the spine.
struct CanalProfile {
    double height_mm = 0;
    std::vector<CanalSample> samples;  ///< At least one.
};

/// Where each body has its middle between left and right, along the stack: in front of the middle
/// of the canal, whose fluid is bright on T2 images, while bone and facet joints lie beside it. The
/// middle slices do not reach the sides of a body.
///
/// For each body it is the centre of mass of the brightness above that of the darkest slice,
/// averaged with that of its neighbors, and drawn by a third to the middle of the slices.
std::vector<double> body_middles(const std::vector<CanalProfile>& bodies);

}  // namespace paraspinal

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

/// Where a body has its middle between left and right, along the stack: in front of the middle of
/// the canal, whose fluid is bright on T2 images, while bone and joints lie beside it. The middle
/// slices do not reach the sides of a body.
///
/// It is the center of mass of the brightness above its half maximum, drawn half way to the middle
/// of the slices. `samples` must not be empty.
double canal_middle_mm(const std::vector<CanalSample>& samples);

}  // namespace paraspinal

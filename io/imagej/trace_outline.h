// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image.h"
#include "io/imagej/roi.h"

#include <vector>

namespace paraspinal {

/// The borders of the pixels of `mask` that are not 0, as paths along pixel edges with a point at
/// each turn: one path around each part (pixels that share a side), one around each hole, outer
/// ones clockwise as displayed, holes the other way. Filling them gives `mask` again. Empty mask:
/// none.
std::vector<RoiPath> trace_outline(const Mask& mask);

}  // namespace paraspinal

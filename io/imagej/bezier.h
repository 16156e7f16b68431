// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/imagej/roi.h"

#include <array>

namespace paraspinal {

/// Appends a quadratic curve to `path`, whose last point is the first of `points`, as lines that
/// stay within 0.01 pixel of it: halved, at most ten times, until the control points are that close
/// to the chord, as Java's FlatteningPathIterator does for ImageJ.
void append_quadratic(RoiPath& path, const std::array<RoiPoint, 3>& points);

/// The same for a cubic curve.
void append_cubic(RoiPath& path, const std::array<RoiPoint, 4>& points);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image.h"
#include "core/plane.h"
#include "io/dicom_outlines/structure_set.h"

#include <vector>

namespace paraspinal {

/// The pixels of a slice whose centers lie inside the contours of one structure, which lie in its
/// plane: 1 inside, 0 outside. Contours that overlap or repeat are one area, one inside another is
/// a hole, one inside the hole an island; contours of the kind CLOSEDPLANAR_XOR cancel each other
/// where they overlap (PS3.3 C.8.8.6.3). A contour of which every point is the center of a pixel
/// was traced from a label map along its outermost pixels, which count.
Mask filled_contours(const std::vector<const Contour*>& contours, const ImageFrame& frame);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"
#include "pipeline/study/study_report.h"
#include "segmentation/outline/outline.h"

#include <vector>

namespace paraspinal {

/// Looks for reasons not to trust `outlines` of `slice` and returns them as flags:
/// `cut_by_field_of_view` (a structure touches the border of what the scanner saw: seen_part.h),
/// `structure_missing` (vertebral body or a psoas), `implausible_shape` (an area or a ratio beyond
/// what adults have, or a shape that no reference outline has: see doubt_shapes.h),
/// `outline_uncertain` (the network was in doubt), `sides_swapped_suspected` (a right-sided muscle
/// lies left of its partner).
///
/// Throws Error not_lumbar when no paraspinal muscle is there, or when the doubt is so large that
/// the image cannot be an axial lumbar slice, and structure_missing when only some of the four
/// muscles were found, because CSA would be too small without looking wrong.
std::vector<QcFlag> check_outlines(const Outlines& outlines, const ImageSlice& slice);

}  // namespace paraspinal

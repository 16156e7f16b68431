// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/study.h"
#include "pipeline/study/qc_flag.h"

#include <string>
#include <vector>

namespace paraspinal {

/// Whether two slices show the same place: parallel within kSameTiltDeg, their planes nearer than
/// kSamePlaceMm, and the middle of each on the other. Both must have spacing and plane.
bool are_at_same_place(const SliceHeader& a, const SliceHeader& b);

/// Half the thinnest gap between axial slices that was met; our choice.
inline constexpr double kSamePlaceMm = 1;

/// The flag `several_images_at_place` with the UIDs of the first of `others`.
QcFlag several_images_at_place(const std::vector<const SliceHeader*>& others);

/// How many there are and the UIDs of the first three: "12 slices (1.2, 1.3, 1.4, ...)".
std::string short_list(const std::vector<const SliceHeader*>& slices);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry.h"
#include "core/structure.h"

#include <optional>

namespace paraspinal {

/// Share of its convex hull that a structure fills, (0, 1]: 1 for a rectangle, small where it has
/// dents or tails. Pixels are boxes; their size does not matter. nullopt without pixels.
std::optional<double> solidity(const LabelMap& labels, Structure structure);

/// Smallest distance in mm between the centers of a pixel of one structure and of the other, so
/// about one pixel where they touch. nullopt where one of them has no pixels.
std::optional<double> gap_mm(const LabelMap& labels,
                             Structure one,
                             Structure other,
                             PixelSpacing spacing);

}  // namespace paraspinal

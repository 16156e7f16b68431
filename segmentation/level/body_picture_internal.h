// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "segmentation/level/vertebra_map.h"
#include "segmentation/level/vertebral_shape.h"

#include <optional>
#include <vector>

namespace paraspinal {

/// What slices show of a body that was measured, apart from its outline; medians over those near
/// its middle.
struct BodyPicture {
    double disc_share = 1;   ///< Of the endplate with less disc beyond it.
    double black_share = 0;  ///< Of the surroundings of the endplate with more black.
    double darkest =
        1;  ///< Darkest place inside of an endplate, over the marrow: mean of its columns.
    double brightest = 1;  ///< As that.
    double behind = 0;     ///< Brightness behind the body less that in front of it.
};

/// nullopt where no slice passes near the middle of the body.
std::optional<BodyPicture> picture_of(const VertebralShape& shape,
                                      const std::vector<VertebraMap>& maps);

}  // namespace paraspinal

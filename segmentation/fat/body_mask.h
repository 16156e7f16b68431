// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image.h"

namespace paraspinal {

/// Where the patient is on a slice, and how dark the air around is.
struct Body {
    Mask mask;      ///< The largest bright region, its holes filled.
    float air = 0;  ///< Brightness of what gives no signal: air, vessels, cortical bone.
};

/// Each pixel the mean of the 5 x 5 around it.
Image<float> smoothed(const Image<float>& intensity);

/// Finds the patient. Scaling the image (a x + b, a > 0) scales `air` alike and leaves the mask.
/// Throws Error image_constant when all pixels are alike, invalid_value when one is not a number.
Body find_body(const Image<float>& intensity);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry.h"
#include "core/image.h"

namespace paraspinal {

/// One image in modality values (after rescale), with its size in the patient and its place.
/// Holds nothing about the patient. Values may be negative; never NaN.
struct ImageSlice {
    Image<float> intensity;
    PixelSpacing spacing;
    ImagePlane plane;
};

}  // namespace paraspinal

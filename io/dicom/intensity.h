// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image.h"
#include "core/study.h"

namespace paraspinal::dicom {

/// Modality values of one frame: stored values, turned round for MONOCHROME1, through rescale slope
/// and intercept; pixels that are padding get the smallest value of those that are not.
/// `slice` says which file, frame and size. Throws Error as read_slice.
Image<float> read_intensity(const SliceHeader& slice);

}  // namespace paraspinal::dicom

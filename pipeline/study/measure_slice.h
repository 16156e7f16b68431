// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image.h"
#include "core/measurement.h"
#include "core/slice.h"
#include "core/structure.h"

namespace paraspinal {

/// Counts the pixels of every structure; their fat is not measured.
SliceMeasurement measure_slice(const LabelMap& labels, const PixelSpacing& spacing);

/// Counts the pixels of every structure and, inside the paraspinal muscles, those that are fat.
/// Areas are pixel counts times row spacing times column spacing, as ImageJ measures them.
/// `labels` and `fat` lie on the same grid. Every structure gets an entry, absent ones with 0.
SliceMeasurement measure_slice(const LabelMap& labels,
                               const Mask& fat,
                               const PixelSpacing& spacing);

}  // namespace paraspinal

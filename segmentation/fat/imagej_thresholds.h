// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "segmentation/fat/histogram.h"
#include "segmentation/fat/method.h"

namespace paraspinal {

/// The brightest level that is still background, by the method of that name in ImageJ 1.53
/// ("Default" for isodata); brighter levels are foreground. For isodata, li, maxentropy, otsu,
/// triangle and yen. -1 when the method finds none.
int imagej_threshold(const GrayCounts& counts, FatMethod method);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"
#include "core/structure.h"

#include <cstdint>

namespace paraspinal::testing {

/// A drawn axial slice: an elliptic body in air with a rim of subcutaneous fat, and four muscles
/// at the back that hold a known share of fat. Brightness: air 0, tissue and muscle `lean`, fat
/// `fat`, plus Gaussian noise.
struct FatPhantomOptions {
    int size = 192;
    double lean = 100;
    double fat = 300;
    double noise = 8;
    double fat_share = 0.3;  ///< Of the muscle pixels, spread at random.
    bool subcutaneous_fat = true;
    std::uint32_t seed = 1;
};

struct FatPhantom {
    ImageSlice slice;
    LabelMap labels;
    Mask fat;  ///< The truth inside the muscles.
};

FatPhantom fat_phantom(const FatPhantomOptions& options);

/// Share of muscle pixels that `fat` marks, percent.
double fat_pct(const LabelMap& labels, const Mask& fat);

}  // namespace paraspinal::testing

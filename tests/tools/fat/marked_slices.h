// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"

#include <filesystem>
#include <string>
#include <vector>

namespace paraspinal::evaluation {

/// Pixels of the stored image: from the first to before the last.
struct Box {
    PixelIndex first;
    PixelIndex last;
};

/// An axial slice of the development images on which a person marked subcutaneous fat.
struct MarkedSlice {
    std::string file;  ///< Below the folder of the images.
    ImageSlice slice;
    std::vector<Box> boxes;
    bool has_dark_band = false;  ///< A band across the muscles has lost its signal.
};

/// The slices of `marks` (marked_fat.json beside this file), images read below `images`.
std::vector<MarkedSlice> read_marked_slices(const std::filesystem::path& marks,
                                            const std::filesystem::path& images);

/// Median of `intensity` in the boxes.
double median_in(const std::vector<Box>& boxes, const Image<float>& intensity);

}  // namespace paraspinal::evaluation

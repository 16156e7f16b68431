// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image.h"

namespace paraspinal {

/// Rows first_row to end_row - 1 and columns first_col to end_col - 1 of an image.
struct ImagePart {
    int first_row = 0;
    int end_row = 0;
    int first_col = 0;
    int end_col = 0;

    [[nodiscard]] bool contains(PixelIndex at) const {
        return at.row >= first_row && at.row < end_row && at.col >= first_col && at.col < end_col;
    }
    /// Whether `at` is in its outermost rows or columns, or outside.
    [[nodiscard]] bool borders(PixelIndex at) const {
        return at.row <= first_row || at.row >= end_row - 1 || at.col <= first_col ||
               at.col >= end_col - 1;
    }
    friend bool operator==(const ImagePart&, const ImagePart&) = default;
};

/// What the scanner saw: the image without the rows and columns at its border that hold one value
/// throughout, as converters and reformats fill in. The whole image if all pixels are equal.
ImagePart seen_part(const Image<float>& intensity);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/outline/seen_part.h"

namespace paraspinal {
namespace {

bool has_one_value(const Image<float>& image, const ImagePart& part) {
    const float first = image[{part.first_row, part.first_col}];
    for (int row = part.first_row; row < part.end_row; ++row) {
        for (int col = part.first_col; col < part.end_col; ++col) {
            if (image[{row, col}] != first) {
                return false;
            }
        }
    }
    return true;
}

}  // namespace

ImagePart seen_part(const Image<float>& intensity) {
    ImagePart part{.end_row = intensity.rows, .end_col = intensity.cols};
    if (intensity.pixels.empty() || has_one_value(intensity, part)) {
        return part;
    }
    const auto line_is_empty = [&intensity](ImagePart line) {
        return has_one_value(intensity, line);
    };
    const auto row_of = [&part](int row) {
        return ImagePart{row, row + 1, part.first_col, part.end_col};
    };
    const auto col_of = [&part](int col) {
        return ImagePart{part.first_row, part.end_row, col, col + 1};
    };
    while (line_is_empty(row_of(part.first_row))) {
        ++part.first_row;
    }
    while (line_is_empty(row_of(part.end_row - 1))) {
        --part.end_row;
    }
    while (line_is_empty(col_of(part.first_col))) {
        ++part.first_col;
    }
    while (line_is_empty(col_of(part.end_col - 1))) {
        --part.end_col;
    }
    return part;
}

}  // namespace paraspinal

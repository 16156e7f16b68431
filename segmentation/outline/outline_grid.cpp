// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/outline/outline_grid.h"

#include "segmentation/network_input_internal.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cstddef>

namespace paraspinal {
namespace {

cv::Mat turned_back(cv::Mat shown, const DisplayOrientation& turn) {
    if (turn.flip_columns) {
        cv::flip(shown, shown, 1);
    }
    if (turn.flip_rows) {
        cv::flip(shown, shown, 0);
    }
    return turn.swap_axes ? cv::Mat(shown.t()) : shown;
}

PixelSpacing turned_spacing(const PixelSpacing& spacing, const DisplayOrientation& turn) {
    return turn.swap_axes ? PixelSpacing{.row_mm = spacing.col_mm, .col_mm = spacing.row_mm}
                          : spacing;
}

}  // namespace

Image<float> network_input(const ImageSlice& slice) {
    const DisplayOrientation turn = radiological_display(slice.plane);
    const cv::Mat_<float> stored(slice.intensity.rows,
                                 slice.intensity.cols,
                                 const_cast<float*>(slice.intensity.pixels.data()));  // NOLINT
    const NetworkInput input =
        network_input_on(kOutlineGrid, turned(stored, turn), turned_spacing(slice.spacing, turn));
    Image<float> image(kOutlineGrid.size);
    std::ranges::copy(input.values, image.pixels.begin());
    return image;
}

LabelMap labels_on_slice(const std::vector<Image<float>>& channels, const ImageSlice& slice) {
    const DisplayOrientation turn = radiological_display(slice.plane);
    const PixelSpacing spacing = turned_spacing(slice.spacing, turn);
    cv::Size size(slice.intensity.cols, slice.intensity.rows);
    if (turn.swap_axes) {
        std::swap(size.width, size.height);
    }
    const cv::Matx23d map = image_from_grid(kOutlineGrid, size, spacing);

    cv::Mat best(size, CV_32F, cv::Scalar(0));
    cv::Mat labels(size, CV_8U, cv::Scalar(0));
    cv::Mat probability;
    for (std::size_t channel = 0; channel < channels.size(); ++channel) {
        const cv::Mat plane(kGridSide,
                            kGridSide,
                            CV_32F,
                            const_cast<float*>(channels[channel].pixels.data()));  // NOLINT
        cv::warpAffine(plane, probability, map, size, cv::INTER_LINEAR);
        const bool is_structure = channel <= kNetworkStructures;
        labels.setTo(is_structure ? static_cast<double>(channel) : 0, probability > best);
        cv::max(best, probability, best);
    }
    const cv::Mat_<std::uint8_t> stored = turned_back(labels, turn);
    LabelMap result(slice.intensity.size());
    std::transform(stored.begin(), stored.end(), result.pixels.begin(), [](std::uint8_t value) {
        return static_cast<Structure>(value);
    });
    return result;
}

}  // namespace paraspinal

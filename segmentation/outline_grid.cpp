// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/outline_grid.h"

#include "core/error.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace paraspinal {
namespace {

constexpr double kReferencePercentile = 0.99;
constexpr float kBrightest = 1.5F;
constexpr float kShift = 0.35F;

cv::Mat turned(const cv::Mat& image, const DisplayOrientation& turn) {
    cv::Mat shown = turn.swap_axes ? cv::Mat(image.t()) : image.clone();
    if (turn.flip_rows) {
        cv::flip(shown, shown, 0);
    }
    if (turn.flip_columns) {
        cv::flip(shown, shown, 1);
    }
    return shown;
}

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

// Maps pixel centres of the grid to pixel centres of the displayed image.
cv::Matx23d image_from_grid(const cv::Size& size, const PixelSpacing& spacing) {
    const double columns_per_step = kGridPixelMm / spacing.col_mm;
    const double rows_per_step = kGridPixelMm / spacing.row_mm;
    const double middle = (kGridSide - 1) / 2.0;
    return {columns_per_step,
            0,
            (size.width - 1) / 2.0 - middle * columns_per_step,
            0,
            rows_per_step,
            (size.height - 1) / 2.0 - middle * rows_per_step};
}

// Blur of one axis that lowers its resolution from the image's to the grid's.
struct Smoothing {
    // OpenCV takes a zero for "the same as the other axis"; with one tap the value has no effect.
    double sigma_pixels = 1e-3;
    int taps = 1;
};

Smoothing smoothing(double spacing_mm) {
    const double ratio = kGridPixelMm / spacing_mm;
    if (ratio <= 1) {
        return {};
    }
    const double sigma = 0.5 * std::sqrt(ratio * ratio - 1);
    return {.sigma_pixels = sigma, .taps = 2 * static_cast<int>(std::ceil(3 * sigma)) + 1};
}

cv::Mat smoothed(const cv::Mat& image, const PixelSpacing& spacing) {
    const Smoothing across = smoothing(spacing.col_mm);
    const Smoothing down = smoothing(spacing.row_mm);
    cv::Mat result;
    cv::GaussianBlur(image,
                     result,
                     {across.taps, down.taps},
                     across.sigma_pixels,
                     down.sigma_pixels,
                     cv::BORDER_REPLICATE);
    return result;
}

// Whether a step of the grid, counted from its middle, still lies on an image of this extent.
bool is_inside(int step, double extent_mm) {
    return std::abs(step - (kGridSide - 1) / 2.0) * kGridPixelMm <= extent_mm / 2;
}

// Linear interpolation between the closest ranks, as numpy.percentile does by default.
float percentile(std::vector<float> values, double share) {
    const double rank = share * static_cast<double>(values.size() - 1);
    const auto low = values.begin() + static_cast<std::ptrdiff_t>(rank);
    std::nth_element(values.begin(), low, values.end());
    const float below = *low;
    const float above = low + 1 == values.end() ? below : *std::min_element(low + 1, values.end());
    return below + static_cast<float>(rank - std::floor(rank)) * (above - below);
}

}  // namespace

GridPlane network_input(const ImageSlice& slice) {
    const DisplayOrientation turn = radiological_display(slice.plane);
    const cv::Mat_<float> stored(slice.intensity.rows,
                                 slice.intensity.cols,
                                 const_cast<float*>(slice.intensity.pixels.data()));  // NOLINT
    const cv::Mat shown = turned(stored, turn);
    const PixelSpacing spacing = turned_spacing(slice.spacing, turn);
    const cv::Matx23d map = image_from_grid(shown.size(), spacing);
    const cv::Size grid(kGridSide, kGridSide);
    constexpr int kSampling = cv::INTER_LINEAR | cv::WARP_INVERSE_MAP;

    cv::Mat_<float> sampled;
    cv::warpAffine(smoothed(shown, spacing), sampled, map, grid, kSampling);
    const double height_mm = shown.rows * spacing.row_mm;
    const double width_mm = shown.cols * spacing.col_mm;
    std::vector<float> seen;
    for (int row = 0; row < kGridSide; ++row) {
        for (int col = 0; col < kGridSide; ++col) {
            if (is_inside(row, height_mm) && is_inside(col, width_mm)) {
                seen.push_back(sampled(row, col));
            } else {
                sampled(row, col) = 0;
            }
        }
    }
    const float bright = seen.empty() ? 0 : percentile(seen, kReferencePercentile);
    const auto [darkest, brightest] = std::ranges::minmax(slice.intensity.pixels);
    if (!(bright > 0) || darkest == brightest) {
        throw Error(ErrorCode::image_constant,
                    "the image has no contrast, so nothing can be outlined; check that the slice "
                    "is not empty");
    }
    GridPlane input(sampled.begin(), sampled.end());
    for (float& value : input) {
        value = std::clamp(value / bright, 0.0F, kBrightest) - kShift;
    }
    return input;
}

LabelMap labels_on_slice(const std::vector<GridPlane>& channels, const ImageSlice& slice) {
    const DisplayOrientation turn = radiological_display(slice.plane);
    const PixelSpacing spacing = turned_spacing(slice.spacing, turn);
    cv::Size size(slice.intensity.cols, slice.intensity.rows);
    if (turn.swap_axes) {
        std::swap(size.width, size.height);
    }
    const cv::Matx23d map = image_from_grid(size, spacing);

    cv::Mat best(size, CV_32F, cv::Scalar(0));
    cv::Mat labels(size, CV_8U, cv::Scalar(0));
    cv::Mat probability;
    for (std::size_t channel = 0; channel < channels.size(); ++channel) {
        const cv::Mat plane(
            kGridSide, kGridSide, CV_32F, const_cast<float*>(channels[channel].data()));  // NOLINT
        cv::warpAffine(plane, probability, map, size, cv::INTER_LINEAR);
        const bool is_structure = channel <= kStructures.size();
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

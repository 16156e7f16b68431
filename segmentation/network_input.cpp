// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/quantile.h"
#include "segmentation/network_input_internal.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace paraspinal {
namespace {

constexpr double kReferencePercentile = 0.99;
constexpr float kBrightest = 1.5F;
constexpr float kShift = 0.35F;

// Blur of one axis that lowers its resolution from the image's to the grid's.
struct Smoothing {
    // OpenCV takes a zero for "the same as the other axis"; with one tap the value has no effect.
    double sigma_pixels = 1e-3;
    int taps = 1;
};

Smoothing smoothing(double grid_mm, double spacing_mm) {
    const double ratio = grid_mm / spacing_mm;
    if (ratio <= 1) {
        return {};
    }
    const double sigma = 0.5 * std::sqrt(ratio * ratio - 1);
    return {.sigma_pixels = sigma, .taps = 2 * static_cast<int>(std::ceil(3 * sigma)) + 1};
}

cv::Mat smoothed(double grid_mm, const cv::Mat& image, const PixelSpacing& spacing) {
    const Smoothing across = smoothing(grid_mm, spacing.col_mm);
    const Smoothing down = smoothing(grid_mm, spacing.row_mm);
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
bool is_inside(int step, int steps, double pixel_mm, double extent_mm) {
    return std::abs(step - (steps - 1) / 2.0) * pixel_mm <= extent_mm / 2;
}

}  // namespace

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

cv::Matx23d image_from_grid(const NetworkGrid& grid,
                            const cv::Size& size,
                            const PixelSpacing& spacing) {
    const double columns_per_step = grid.pixel_mm / spacing.col_mm;
    const double rows_per_step = grid.pixel_mm / spacing.row_mm;
    return {columns_per_step,
            0,
            (size.width - 1) / 2.0 - (grid.size.cols - 1) / 2.0 * columns_per_step,
            0,
            rows_per_step,
            (size.height - 1) / 2.0 - (grid.size.rows - 1) / 2.0 * rows_per_step};
}

NetworkInput network_input_on(const NetworkGrid& grid,
                              const cv::Mat& image,
                              const PixelSpacing& spacing) {
    constexpr int kSampling = cv::INTER_LINEAR | cv::WARP_INVERSE_MAP;
    const cv::Size size(grid.size.cols, grid.size.rows);
    NetworkInput input{.inside = cv::Mat_<std::uint8_t>(size, 0)};
    // Intercepts and signed pixels move the darkest away from zero; a constant is no contrast.
    double darkest = 0;
    double brightest = 0;
    cv::minMaxLoc(image, &darkest, &brightest);
    cv::warpAffine(smoothed(grid.pixel_mm, image - darkest, spacing),
                   input.values,
                   image_from_grid(grid, image.size(), spacing),
                   size,
                   kSampling);
    std::vector<float> seen;
    for (int row = 0; row < size.height; ++row) {
        for (int col = 0; col < size.width; ++col) {
            if (is_inside(row, size.height, grid.pixel_mm, image.rows * spacing.row_mm) &&
                is_inside(col, size.width, grid.pixel_mm, image.cols * spacing.col_mm)) {
                seen.push_back(input.values(row, col));
                input.inside(row, col) = 1;
            } else {
                input.values(row, col) = 0;
            }
        }
    }
    const float bright = seen.empty() ? 0 : quantile(seen, kReferencePercentile);
    if (!(bright > 0) || darkest == brightest) {
        throw Error(ErrorCode::image_constant,
                    "the image has no contrast, so nothing can be outlined; check that the slice "
                    "is not empty");
    }
    for (int row = 0; row < size.height; ++row) {
        for (int col = 0; col < size.width; ++col) {
            float& value = input.values(row, col);
            value = std::clamp(value / bright, 0.0F, kBrightest) - kShift;
        }
    }
    return input;
}

}  // namespace paraspinal

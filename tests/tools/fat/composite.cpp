// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/tools/fat/composite.h"

#include "segmentation/percentile.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <random>

namespace paraspinal::evaluation {
namespace {

// Median of `image` over the pixels of the box around the muscles for which `wanted` is true.
template <class Wanted>
double median_near_muscles(const DixonSlice& slice, const Image<float>& image, Wanted wanted) {
    cv::Rect box;
    for (int row = 0; row < image.rows; ++row) {
        for (int col = 0; col < image.cols; ++col) {
            if (is_paraspinal_muscle(slice.labels[{.row = row, .col = col}])) {
                box |= cv::Rect(col, row, 1, 1);
            }
        }
    }
    std::vector<double> values;
    for (int row = box.y; row < box.y + box.height; ++row) {
        for (int col = box.x; col < box.x + box.width; ++col) {
            const auto pixel =
                static_cast<std::size_t>(row) * static_cast<std::size_t>(image.cols) +
                static_cast<std::size_t>(col);
            if (wanted(fat_fraction(slice, pixel))) {
                values.push_back(image.pixels[pixel]);
            }
        }
    }
    return percentile(values, 0.5);
}

// Smooth random pattern with clusters of some millimeters.
cv::Mat clusters(ImageSize size, double spacing_mm, std::uint32_t seed) {
    std::mt19937 generator(seed);
    std::normal_distribution<float> normal;
    cv::Mat pattern(size.rows, size.cols, CV_32F);
    std::generate(pattern.begin<float>(), pattern.end<float>(), [&] { return normal(generator); });
    constexpr double kClusterMm = 1.5;
    cv::GaussianBlur(pattern, pattern, {}, kClusterMm / spacing_mm);
    return pattern;
}

double pure_fat_near_muscles(const DixonSlice& slice) {
    return median_near_muscles(slice, slice.fat, [](double fraction) { return fraction > 0.85; });
}

double lean_near_muscles(const DixonSlice& slice) {
    return median_near_muscles(slice, slice.water, [](double fraction) { return fraction < 0.1; });
}

void infiltrate(DixonSlice& slice, double share, std::uint32_t seed) {
    const cv::Mat pattern = clusters(slice.fat.size(), slice.spacing.col_mm, seed);
    std::vector<float> inside;
    for (std::size_t i = 0; i < slice.labels.pixels.size(); ++i) {
        if (is_paraspinal_muscle(slice.labels.pixels[i])) {
            inside.push_back(pattern.at<float>(static_cast<int>(i)));
        }
    }
    const float border = percentile(inside, 1 - share);
    cv::Scalar mean;
    cv::Scalar deviation;
    cv::meanStdDev(pattern, mean, deviation);
    const auto pure_fat = static_cast<float>(pure_fat_near_muscles(slice));
    for (std::size_t i = 0; i < slice.labels.pixels.size(); ++i) {
        if (is_paraspinal_muscle(slice.labels.pixels[i])) {
            const float slope = (pattern.at<float>(static_cast<int>(i)) - border) /
                                static_cast<float>(deviation[0]);
            const float part = std::clamp(0.5F + slope, 0.0F, 1.0F);
            slice.water.pixels[i] *= 1 - part;
            slice.fat.pixels[i] = (1 - part) * slice.fat.pixels[i] + part * pure_fat;
        }
    }
}

double field_at(Field field, double across, double down) {
    switch (field) {
        case Field::sideways: return std::exp(0.6 * across);
        case Field::coil: return std::exp(1.0 * down);
        default: return 1;
    }
}

}  // namespace

double fat_over_lean(const DixonSlice& slice) {
    return pure_fat_near_muscles(slice) / lean_near_muscles(slice);
}

DixonSlice with_muscle(DixonSlice slice, const Muscle& muscle, std::uint32_t seed) {
    if (muscle.infiltration > 0) {
        infiltrate(slice, muscle.infiltration, seed);
    }
    constexpr double kLean = 0.2;
    for (std::size_t i = 0; muscle.lean && i < slice.labels.pixels.size(); ++i) {
        if (fat_fraction(slice, i) >= kLean) {
            slice.labels.pixels[i] = Structure::background;
        }
    }
    return slice;
}

ImageSlice compose(const DixonSlice& slice, const Recipe& recipe) {
    const double lean = recipe.water_weight * lean_near_muscles(slice);
    std::mt19937 generator(recipe.seed);
    std::normal_distribution<double> normal(0, 1);
    ImageSlice image{.intensity = Image<float>(slice.water.size()),
                     .spacing = slice.spacing,
                     .plane = slice.plane};
    const bool back_is_down = slice.plane.along_rows.y > 0;
    for (int row = 0; row < slice.water.rows; ++row) {
        for (int col = 0; col < slice.water.cols; ++col) {
            const PixelIndex at{.row = row, .col = col};
            const double across = static_cast<double>(col) / slice.water.cols - 0.5;
            const double down = static_cast<double>(row) / slice.water.rows - 0.5;
            const double signal =
                field_at(recipe.field, across, back_is_down ? down : -down) *
                (recipe.water_weight * slice.water[at] + recipe.fat_weight * slice.fat[at]);
            const double deviation = recipe.noise * lean;
            const double real = signal + deviation * normal(generator);
            image.intensity[at] =
                static_cast<float>(std::hypot(real, deviation * normal(generator)));
        }
    }
    return image;
}

}  // namespace paraspinal::evaluation

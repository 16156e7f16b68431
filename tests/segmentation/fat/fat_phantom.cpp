// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/segmentation/fat/fat_phantom.h"

#include <cmath>
#include <cstddef>
#include <random>

namespace paraspinal::testing {
namespace {

// 1 on the border of the ellipse, less inside. Places as shares of the picture's size.
double ellipse(double x, double y, double radius_x, double radius_y) {
    return std::hypot(x / radius_x, y / radius_y);
}

Structure structure_at(double x, double y) {
    const double side = std::abs(x);
    if (ellipse(side - 0.05, y - 0.2, 0.04, 0.07) < 1) {
        return x < 0 ? Structure::multifidus_right : Structure::multifidus_left;
    }
    if (ellipse(side - 0.16, y - 0.19, 0.065, 0.08) < 1) {
        return x < 0 ? Structure::erector_spinae_right : Structure::erector_spinae_left;
    }
    return Structure::background;
}

}  // namespace

FatPhantom fat_phantom(const FatPhantomOptions& options) {
    const ImageSize size{.rows = options.size, .cols = options.size};
    FatPhantom phantom{.slice = {.intensity = Image<float>(size),
                                 .spacing = {.row_mm = 1, .col_mm = 1},
                                 .plane = {}},
                       .labels = LabelMap(size),
                       .fat = Mask(size)};
    std::mt19937 generator(options.seed);
    std::normal_distribution<double> noise(0, 1);
    std::uniform_real_distribution<double> chance(0, 1);
    for (int row = 0; row < size.rows; ++row) {
        for (int col = 0; col < size.cols; ++col) {
            const PixelIndex at{.row = row, .col = col};
            const double x = (col + 0.5) / options.size - 0.5;
            const double y = (row + 0.5) / options.size - 0.5;
            const bool in_body = ellipse(x, y, 0.46, 0.38) < 1;
            const bool in_rim = in_body && ellipse(x, y, 0.41, 0.31) >= 1;
            phantom.labels[at] = structure_at(x, y);
            const bool muscle = phantom.labels[at] != Structure::background;
            const bool fat = muscle && chance(generator) < options.fat_share;
            phantom.fat[at] = fat ? 1 : 0;
            double value = in_body ? options.lean : 0;
            if (fat || (in_rim && options.subcutaneous_fat)) {
                value = options.fat;
            }
            phantom.slice.intensity[at] =
                static_cast<float>(value + options.noise * noise(generator));
        }
    }
    return phantom;
}

double fat_pct(const LabelMap& labels, const Mask& fat) {
    double muscle = 0;
    double marked = 0;
    for (std::size_t i = 0; i < labels.pixels.size(); ++i) {
        if (is_paraspinal_muscle(labels.pixels[i])) {
            muscle += 1;
            marked += fat.pixels[i];
        }
    }
    return 100 * marked / muscle;
}

}  // namespace paraspinal::testing

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/tools/fat/disturb.h"

#include "segmentation/percentile.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <vector>

namespace paraspinal::evaluation {
namespace {

cv::Rect around_muscles(const LabelMap& labels) {
    cv::Rect box;
    for (int row = 0; row < labels.rows; ++row) {
        for (int col = 0; col < labels.cols; ++col) {
            if (is_paraspinal_muscle(labels[{.row = row, .col = col}])) {
                box |= cv::Rect(col, row, 1, 1);
            }
        }
    }
    return box;
}

float muscle_percentile(const OutlinedSlice& seen, double share) {
    std::vector<float> values;
    for (std::size_t i = 0; i < seen.labels.pixels.size(); ++i) {
        if (is_paraspinal_muscle(seen.labels.pixels[i])) {
            values.push_back(seen.slice.intensity.pixels[i]);
        }
    }
    return percentile(std::move(values), share);
}

// Every pixel by its value, and by its place from 0 to 1 across and down the picture.
template <class Change>
OutlinedSlice changed(OutlinedSlice seen, Change change) {
    Image<float>& image = seen.slice.intensity;
    for (int row = 0; row < image.rows; ++row) {
        for (int col = 0; col < image.cols; ++col) {
            float& value = image[{.row = row, .col = col}];
            value = static_cast<float>(change(static_cast<double>(value),
                                              static_cast<double>(col) / image.cols,
                                              static_cast<double>(row) / image.rows));
        }
    }
    return seen;
}

OutlinedSlice gain(const OutlinedSlice& seen, double /*fat*/) {
    return changed(seen, [](double value, double, double) { return 3.7 * value; });
}

OutlinedSlice offset(const OutlinedSlice& seen, double /*fat*/) {
    return changed(seen, [](double value, double, double) { return value + 250; });
}

OutlinedSlice window(const OutlinedSlice& seen, double fat) {
    const double low = muscle_percentile(seen, 0.004);
    std::vector<float> bright;
    std::ranges::copy_if(seen.slice.intensity.pixels, std::back_inserter(bright), [&](float value) {
        return value > 0.3 * fat;
    });
    const double high = percentile(bright, 0.99);
    return changed(seen, [&](double value, double, double) {
        return std::clamp(std::round(255 * (value - low) / (high - low)), 0.0, 255.0);
    });
}

OutlinedSlice field_sideways(const OutlinedSlice& seen, double /*fat*/) {
    return changed(
        seen, [](double value, double across, double) { return value * std::exp(0.6 * across); });
}

OutlinedSlice field_of_coil(const OutlinedSlice& seen, double /*fat*/) {
    return changed(seen,
                   [](double value, double, double down) { return value * std::exp(1.0 * down); });
}

OutlinedSlice noise(const OutlinedSlice& seen, double /*fat*/) {
    const double deviation = 0.1 * muscle_percentile(seen, 0.25);
    std::mt19937 generator(1);  // NOLINT(cert-msc32-c,cert-msc51-cpp): reruns must agree.
    std::normal_distribution<double> normal(0, deviation);
    return changed(seen, [&](double value, double, double) {
        return std::hypot(value + normal(generator), normal(generator));
    });
}

OutlinedSlice resampled(const OutlinedSlice& seen, double pixel_mm) {
    const double factor = seen.slice.spacing.row_mm / pixel_mm;
    const auto at = [](auto& image, int type) {
        return cv::Mat(image.rows, image.cols, type, image.pixels.data());
    };
    OutlinedSlice from = seen;
    cv::Mat pixels;
    cv::Mat labels;
    cv::resize(at(from.slice.intensity, CV_32F),
               pixels,
               {},
               factor,
               factor,
               factor < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
    cv::resize(at(from.labels, CV_8U), labels, pixels.size(), 0, 0, cv::INTER_NEAREST);
    OutlinedSlice to{
        .slice = {.intensity = Image<float>({.rows = pixels.rows, .cols = pixels.cols}),
                  .spacing = {.row_mm = pixel_mm, .col_mm = pixel_mm},
                  .plane = seen.slice.plane},
        .labels = LabelMap({.rows = pixels.rows, .cols = pixels.cols})};
    pixels.copyTo(at(to.slice.intensity, CV_32F));
    labels.copyTo(at(to.labels, CV_8U));
    return to;
}

OutlinedSlice coarse(const OutlinedSlice& seen, double /*fat*/) {
    return resampled(seen, 1.2);
}

OutlinedSlice fine(const OutlinedSlice& seen, double /*fat*/) {
    return resampled(seen, 0.4);
}

OutlinedSlice saturation_band(const OutlinedSlice& seen, double /*fat*/) {
    const cv::Rect box = around_muscles(seen.labels);
    const double middle = (box.y + 0.6 * box.height) / seen.labels.rows;
    const double height_mm = seen.labels.rows * seen.slice.spacing.row_mm;
    return changed(seen, [&](double value, double, double down) {
        constexpr double kHalfWidthMm = 7;
        const double away = (down - middle) * height_mm / kHalfWidthMm;
        return value * (1 - 0.65 * std::exp(-std::pow(away, 4)));
    });
}

OutlinedSlice dark_anterior(const OutlinedSlice& seen, double /*fat*/) {
    const double height_mm = seen.labels.rows * seen.slice.spacing.row_mm;
    const double top_mm = around_muscles(seen.labels).y * seen.slice.spacing.row_mm - 5;
    return changed(seen, [&](double value, double, double down) {
        return value * std::clamp(1 - (top_mm - down * height_mm) / 25, 0.1, 1.0);
    });
}

OutlinedSlice floor_clipped(const OutlinedSlice& seen, double /*fat*/) {
    const double floor = muscle_percentile(seen, 0.2);
    return changed(seen,
                   [floor](double value, double, double) { return std::max(value - floor, 0.0); });
}

OutlinedSlice top_clipped(const OutlinedSlice& seen, double fat) {
    return changed(seen,
                   [fat](double value, double, double) { return std::min(value, 0.85 * fat); });
}

OutlinedSlice cropped(const OutlinedSlice& seen, double /*fat*/) {
    const auto pixels = [&](double mm) {
        return static_cast<int>(std::lround(mm / seen.slice.spacing.row_mm));
    };
    const cv::Rect box = around_muscles(seen.labels);
    const cv::Rect kept = cv::Rect(box.x - pixels(8),
                                   box.y - pixels(40),
                                   box.width + pixels(16),
                                   box.height + pixels(52)) &
                          cv::Rect(0, 0, seen.labels.cols, seen.labels.rows);
    const ImageSize size{.rows = kept.height, .cols = kept.width};
    OutlinedSlice part{.slice = {.intensity = Image<float>(size),
                                 .spacing = seen.slice.spacing,
                                 .plane = seen.slice.plane},
                       .labels = LabelMap(size)};
    for (int row = 0; row < size.rows; ++row) {
        for (int col = 0; col < size.cols; ++col) {
            const PixelIndex from{.row = kept.y + row, .col = kept.x + col};
            part.slice.intensity[{.row = row, .col = col}] = seen.slice.intensity[from];
            part.labels[{.row = row, .col = col}] = seen.labels[from];
        }
    }
    return part;
}

// The patient lies the other way up, the scanner has turned the picture and says so.
OutlinedSlice prone(const OutlinedSlice& seen, double /*fat*/) {
    OutlinedSlice turned = seen;
    std::ranges::reverse(turned.slice.intensity.pixels);
    std::ranges::reverse(turned.labels.pixels);
    ImagePlane& plane = turned.slice.plane;
    plane.along_columns = -1.0 * plane.along_columns;
    plane.along_rows = -1.0 * plane.along_rows;
    return turned;
}

}  // namespace

std::span<const Disturbance> disturbances() {
    static constexpr std::array kAll{
        Disturbance{"gain", gain},
        Disturbance{"offset", offset},
        Disturbance{"8 bits, windowed", window},
        Disturbance{"field from side to side", field_sideways},
        Disturbance{"field of a coil", field_of_coil},
        Disturbance{"noise", noise},
        Disturbance{"1.2 mm pixels", coarse},
        Disturbance{"0.4 mm pixels", fine},
        Disturbance{"saturation band", saturation_band},
        Disturbance{"dark anterior half", dark_anterior},
        Disturbance{"clipped at the floor", floor_clipped},
        Disturbance{"clipped at the top", top_clipped},
        Disturbance{"small field of view", cropped},
        Disturbance{"prone", prone},
    };
    return kAll;
}

}  // namespace paraspinal::evaluation

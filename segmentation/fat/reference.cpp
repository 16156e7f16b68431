// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/fat/reference.h"

#include "segmentation/fat/body_mask.h"
#include "segmentation/fat/clusters.h"
#include "segmentation/percentile.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

namespace paraspinal {
namespace {

constexpr double kLeastAreaMm2 = 100;
// Fat is at least this much brighter than dark tissue: on T2 two to ten times, in the Dixon
// composite with the least contrast 1.6 times.
constexpr double kFatOverTissue = 1.5;

// Place of a pixel in the patient, in steps of a pixel: to the left and to the back.
struct Place {
    int column = 0;
    double backwards_mm = 0;
};

Place place_of(const ImageSlice& slice, int row, int col) {
    const Vec3 at =
        patient_from_pixel(slice.plane,
                           slice.spacing,
                           {.row = static_cast<double>(row), .col = static_cast<double>(col)});
    const double step = std::max(slice.spacing.row_mm, slice.spacing.col_mm);
    return {.column = static_cast<int>(std::lround(at.x / step)), .backwards_mm = at.y};
}

// How far back the muscles reach, for each column of the patient that they cover.
std::map<int, double> posterior_edge(const ImageSlice& slice, const LabelMap& labels) {
    std::map<int, double> edge;
    for (int row = 0; row < labels.rows; ++row) {
        for (int col = 0; col < labels.cols; ++col) {
            if (is_paraspinal_muscle(labels[{.row = row, .col = col}])) {
                const Place place = place_of(slice, row, col);
                const auto [entry, added] = edge.try_emplace(place.column, place.backwards_mm);
                entry->second = std::max(entry->second, place.backwards_mm);
            }
        }
    }
    return edge;
}

std::vector<double> values_behind_muscles(const ImageSlice& slice,
                                          const LabelMap& labels,
                                          const Mask& body) {
    const std::map<int, double> edge = posterior_edge(slice, labels);
    std::vector<double> values;
    for (int row = 0; row < labels.rows; ++row) {
        for (int col = 0; col < labels.cols; ++col) {
            const PixelIndex at{.row = row, .col = col};
            if (body[at] == 0 || labels[at] != Structure::background) {
                continue;
            }
            const Place place = place_of(slice, row, col);
            const auto entry = edge.find(place.column);
            if (entry != edge.end() && place.backwards_mm > entry->second) {
                values.push_back(slice.intensity[at]);
            }
        }
    }
    return values;
}

// Muscle and other dark tissue of the body, without the noise of single pixels.
double dark_tissue(const Image<float>& intensity, const Mask& body) {
    const Image<float> smooth = smoothed(intensity);
    std::vector<double> values;
    for (std::size_t i = 0; i < body.pixels.size(); ++i) {
        if (body.pixels[i] != 0) {
            values.push_back(smooth.pixels[i]);
        }
    }
    constexpr double kDarkShare = 0.25;
    return percentile(values, kDarkShare);
}

}  // namespace

std::optional<FatReference> subcutaneous_fat(const ImageSlice& slice, const LabelMap& labels) {
    const Body body = find_body(slice.intensity);
    std::vector<double> values = values_behind_muscles(slice, labels, body.mask);
    std::ranges::sort(values);
    if (values.empty() || values.front() == values.back()) {
        return std::nullopt;
    }
    // Fascia, skin and the spinous process are the dark class, fat is the bright one.
    const std::vector<BrightnessClass> classes = kmeans_classes(tallied(values), 2);
    const auto first =
        std::ranges::lower_bound(values, kmeans_border(classes.front(), classes.back()));
    const std::vector<double> fat(first, values.end());
    if (static_cast<double>(fat.size()) * pixel_area_mm2(slice.spacing) < kLeastAreaMm2) {
        return std::nullopt;
    }
    const FatReference found{.air = body.air, .fat = percentile(fat, 0.5)};
    const double tissue = dark_tissue(slice.intensity, body.mask);
    const bool bright = found.fat - found.air > kFatOverTissue * (tissue - found.air);
    return bright ? std::optional(found) : std::nullopt;
}

}  // namespace paraspinal

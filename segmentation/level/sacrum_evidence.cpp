// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/level/sacrum_evidence_internal.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace paraspinal {
namespace {

constexpr PixelSpacing kSpacing{.row_mm = kSagittalPixelMm, .col_mm = kSagittalPixelMm};
constexpr double kPixelAreaMm2 = kSagittalPixelMm * kSagittalPixelMm;

// Mean probability of some classes over all slices.
Image<float> mean_of(const std::vector<VertebraMap>& maps, std::span<const VertebraClass> kinds) {
    Image<float> mean(kSagittalGrid);
    const auto count = static_cast<float>(maps.size());
    for (const VertebraMap& map : maps) {
        for (const VertebraClass kind : kinds) {
            const std::vector<float>& values = map.of(kind).pixels;
            for (std::size_t i = 0; i < values.size(); ++i) {
                mean.pixels[i] += values[i] / count;
            }
        }
    }
    return mean;
}

std::vector<PixelIndex> region_of(const Image<float>& probability) {
    std::vector<PixelIndex> region;
    for (int row = 0; row < probability.rows; ++row) {
        for (int col = 0; col < probability.cols; ++col) {
            if (probability[{row, col}] > 0.5F) {
                region.push_back({row, col});
            }
        }
    }
    return region;
}

double mean_row(const std::vector<PixelIndex>& region) {
    double sum = 0;
    for (const PixelIndex& pixel : region) {
        sum += pixel.row;
    }
    return sum / static_cast<double>(region.size());
}

// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): the same either way.
double gap_mm(const std::vector<PixelIndex>& a, const std::vector<PixelIndex>& b) {
    double nearest = kSagittalGrid.rows;
    for (const PixelIndex& one : a) {
        for (const PixelIndex& other : b) {
            nearest = std::min(nearest, std::hypot(one.row - other.row, one.col - other.col));
        }
    }
    return nearest * kSagittalPixelMm;
}

// Center of the part of the sacrum that lies next to S1.
Vec3 top_of(const std::vector<PixelIndex>& below,
            const ImagePlane& plane,
            const Vec3& s1_center_mm) {
    const Vec3 across = normal(plane);
    std::vector<Vec3> places;
    std::vector<double> distances_mm;
    for (const PixelIndex& pixel : below) {
        const Vec3 place =
            patient_from_pixel(plane, kSpacing, {.row = 1.0 * pixel.row, .col = 1.0 * pixel.col});
        const Vec3 offset = place - s1_center_mm;
        places.push_back(place);
        distances_mm.push_back(length(offset - dot(offset, across) * across));
    }
    const double nearest_mm = *std::ranges::min_element(distances_mm);
    Vec3 sum;
    int count = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (distances_mm[i] < nearest_mm + kSacrumTopMm) {
            sum = sum + places[i];
            ++count;
        }
    }
    return (1.0 / count) * sum;
}

// Area taken for bodies that can be none, since they lie below L5, but not far from S1.
double stray_body_mm2(const std::vector<VertebraMap>& maps,
                      const Vec3& s1_center_mm,
                      const VertebralBody& lowest) {
    using enum VertebraClass;
    constexpr std::array kLumbarOrAbove{l5, l4, l3, l2, l1, thoracic};
    constexpr double kReachMm = 90;
    constexpr double kRimMm = 3;
    const ImagePlane& plane = maps[maps.size() / 2].plane;
    const Image<float> body = mean_of(maps, kLumbarOrAbove);
    const double lowest_row = pixel_from_patient(plane, kSpacing, lowest.place.center_mm).row;
    const Vec3 across = normal(plane);
    const Vec3 along = normalized(cross(across, lowest.place.up));
    const auto is_in_lowest = [&](const Vec3& place) {
        const Vec3 offset = place - lowest.place.center_mm;
        return std::abs(dot(offset, lowest.place.up)) < lowest.place.height_mm / 2 + kRimMm &&
               std::abs(dot(offset, along)) < lowest.depth_mm / 2 + kRimMm;
    };
    double area_mm2 = 0;
    for (int row = std::max(0, static_cast<int>(lowest_row)); row < body.rows; ++row) {
        for (int col = 0; col < body.cols; ++col) {
            const Vec3 place =
                patient_from_pixel(plane, kSpacing, {.row = 1.0 * row, .col = 1.0 * col});
            const Vec3 offset = place - s1_center_mm;
            if (length(offset - dot(offset, across) * across) < kReachMm && !is_in_lowest(place)) {
                area_mm2 += kPixelAreaMm2 * body[{row, col}];
            }
        }
    }
    return area_mm2;
}

}  // namespace

SacrumEvidence sacrum_evidence(const std::vector<VertebraMap>& maps,
                               const Vec3& s1_center_mm,
                               const VertebralBody& lowest) {
    constexpr std::array kFirst{VertebraClass::s1};
    constexpr std::array kBelow{VertebraClass::below_s1};
    const std::vector<PixelIndex> s1 = region_of(mean_of(maps, kFirst));
    const std::vector<PixelIndex> below = region_of(mean_of(maps, kBelow));
    SacrumEvidence evidence{.area_mm2 = static_cast<double>(below.size()) * kPixelAreaMm2,
                            .stray_body_mm2 = stray_body_mm2(maps, s1_center_mm, lowest)};
    if (!below.empty()) {
        evidence.top_mm = top_of(below, maps[maps.size() / 2].plane, s1_center_mm);
    }
    if (!s1.empty() && !below.empty()) {
        evidence.drop_mm = (mean_row(below) - mean_row(s1)) * kSagittalPixelMm;
        evidence.gap_mm = gap_mm(s1, below);
    }
    return evidence;
}

}  // namespace paraspinal

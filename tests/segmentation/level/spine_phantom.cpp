// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/segmentation/level/spine_phantom.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace paraspinal::testing {
namespace {

constexpr double kStepMm = 36;
constexpr double kHeightMm = 27;
constexpr int kS1 = -1;
constexpr int kT11 = 6;
constexpr int kL3 = 2;

VertebraClass told_class(int count, int shift) {
    if (count == kS1) {
        return VertebraClass::s1;
    }
    const int told = std::max(0, count + shift);
    return told > 4 ? VertebraClass::thoracic
                    : static_cast<VertebraClass>(static_cast<int>(VertebraClass::l5) + told);
}

// 1 inside a box, 0 outside, falling over one pixel at its border.
double inside(double across, double along, double up, double width, double depth, double height) {
    const double margin_mm = std::min(
        {width / 2 - std::abs(across), depth / 2 - std::abs(along), height / 2 - std::abs(up)});
    return std::clamp(0.5 + margin_mm / kSagittalPixelMm, 0.0, 1.0);
}

float& at(VertebraMap& map, VertebraClass kind, PixelIndex pixel) {
    return map.probability.at(static_cast<std::size_t>(kind))[pixel];
}

// `place` turned back, as if the spine stood upright.
Vec3 upright(const Vec3& place, double side_tilt_deg) {
    const double angle = side_tilt_deg * std::numbers::pi / 180;
    return {place.x * std::cos(angle) - place.z * std::sin(angle),
            place.y,
            place.x * std::sin(angle) + place.z * std::cos(angle)};
}

void draw_body(
    VertebraMap& map, PixelIndex pixel, const Vec3& place, int count, const SpinePhantom& spine) {
    if (spine.missed == count || (count == kS1 && !spine.has_sacrum)) {
        return;
    }
    const double height_mm = spine.squeezed == count ? kHeightMm / 2 : kHeightMm;
    const double up_mm = place.z - (kHeightMm / 2 + kStepMm * (count - kL3));
    const double body = inside(place.x, place.y, up_mm, 46, 34, height_mm);
    if (count == kS1) {
        at(map, VertebraClass::s1, pixel) += static_cast<float>(spine.s1_share * body);
        at(map, VertebraClass::l5, pixel) += static_cast<float>((1 - spine.s1_share) * body);
    } else {
        at(map, told_class(count, spine.told_shift), pixel) += static_cast<float>(body);
    }
}

VertebraMap map_at(double x_mm, const SpinePhantom& spine) {
    constexpr PixelSpacing kSpacing{.row_mm = kSagittalPixelMm, .col_mm = kSagittalPixelMm};
    VertebraMap map{.plane = {.origin_mm = {x_mm, -150, 210},
                              .along_columns = {0, 1, 0},
                              .along_rows = {0, 0, -1}},
                    .brightness = Image<float>(kSagittalGrid)};
    map.probability.fill(Image<float>(kSagittalGrid));
    for (int row = 0; row < kSagittalGrid.rows; ++row) {
        for (int col = 0; col < kSagittalGrid.cols; ++col) {
            const PixelIndex pixel{row, col};
            const Vec3 place = upright(
                patient_from_pixel(map.plane, kSpacing, {.row = 1.0 * row, .col = 1.0 * col}),
                spine.side_tilt_deg);
            for (int count = kS1; count <= kT11; ++count) {
                draw_body(map, pixel, place, count, spine);
            }
            if (spine.has_sacrum) {
                // From the lower border of S1 down and to the back.
                const double down_mm = place.z - (kHeightMm / 2 + kStepMm * (kS1 - kL3));
                at(map, VertebraClass::below_s1, pixel) = static_cast<float>(
                    inside(place.x, place.y - 10, down_mm + kHeightMm / 2 + 18, 40, 28, 36));
            }
            map.brightness[pixel] =
                static_cast<float>(inside(place.x, place.y - 26, 0, 16, 16, 1000) - 0.35);
        }
    }
    for (std::size_t i = 0; i < map.brightness.pixels.size(); ++i) {
        float rest = 1;
        for (const Image<float>& each : map.probability) {
            rest -= each.pixels[i];
        }
        map.probability.front().pixels[i] = std::max(0.0F, rest);
    }
    return map;
}

}  // namespace

std::vector<VertebraMap> maps_of(const SpinePhantom& spine) {
    std::vector<VertebraMap> maps;
    for (const double x_mm : spine.slices_mm) {
        maps.push_back(map_at(x_mm, spine));
    }
    return maps;
}

}  // namespace paraspinal::testing

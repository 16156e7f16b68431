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
constexpr int kL4 = 1;

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

/// Center and lean of a body.
struct Pose {
    Vec3 center_mm;
    double lean_deg = 0;
};

Vec3 direction(double lean_deg) {
    const double angle = lean_deg * std::numbers::pi / 180;
    return {0, -std::sin(angle), std::cos(angle)};
}

Pose pose_of(int count, const SpinePhantom& spine) {
    Pose pose{.center_mm = {0, 0, kHeightMm / 2 + kStepMm * (std::max(count, kL4) - kL3)}};
    if (count == kL4) {
        pose.lean_deg = spine.l5_lean_deg / 2;
    }
    if (count < kL4) {
        pose.center_mm = pose.center_mm - kStepMm * direction(spine.l5_lean_deg);
        pose.lean_deg = (spine.l5_lean_deg + spine.s1_lean_deg) / 2;
    }
    if (count == kS1) {
        pose.center_mm = pose.center_mm - kStepMm * direction(spine.s1_lean_deg);
        pose.lean_deg = spine.s1_lean_deg;
    }
    return pose;
}

// As `inside`, of a box that leans.
double inside(const Vec3& place, const Pose& pose, double width, double depth, double height) {
    const Vec3 up = direction(pose.lean_deg);
    const Vec3 back = direction(pose.lean_deg - 90);
    const Vec3 offset = place - pose.center_mm;
    return inside(offset.x, dot(offset, back), dot(offset, up), width, depth, height);
}

// Between a body and the next one above.
void draw_disc(VertebraMap& map, PixelIndex pixel, const Vec3& place, const Pose& above) {
    Pose pose = above;
    pose.center_mm = pose.center_mm - kStepMm / 2 * direction(above.lean_deg);
    at(map, VertebraClass::disc, pixel) +=
        static_cast<float>(inside(place, pose, 46, 34, kStepMm - kHeightMm));
}

void draw_body(
    VertebraMap& map, PixelIndex pixel, const Vec3& place, int count, const SpinePhantom& spine) {
    if (spine.missed == count || (count == kS1 && !spine.has_sacrum)) {
        return;
    }
    const double height_mm = spine.squeezed == count ? kHeightMm / 2 : kHeightMm;
    const double body = inside(place, pose_of(count, spine), 46, 34, height_mm);
    map.brightness[pixel] = std::max(map.brightness[pixel], static_cast<float>(0.3 * body - 0.3));
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
    map.image = {.plane = map.plane, .spacing = kSpacing, .size = kSagittalGrid};
    map.probability.fill(Image<float>(kSagittalGrid));
    for (int row = 0; row < kSagittalGrid.rows; ++row) {
        for (int col = 0; col < kSagittalGrid.cols; ++col) {
            const PixelIndex pixel{row, col};
            const Vec3 place = upright(
                patient_from_pixel(map.plane, kSpacing, {.row = 1.0 * row, .col = 1.0 * col}),
                spine.side_tilt_deg);
            map.brightness[pixel] = static_cast<float>(
                std::max(0.05, inside(place.x, place.y - 26, 0, 16, 16, 1000)) - 0.35);
            for (int count = kS1; count <= kT11; ++count) {
                draw_body(map, pixel, place, count, spine);
                draw_disc(map, pixel, place, pose_of(count + 1, spine));
            }
            if (spine.has_sacrum) {
                // From the lower border of S1 down and to the back.
                constexpr double kSacrumMm = 33;
                const Pose pose{.center_mm = pose_of(kS1, spine).center_mm -
                                             kSacrumMm * direction(spine.sacrum_lean_deg),
                                .lean_deg = spine.s1_lean_deg};
                at(map, VertebraClass::below_s1, pixel) =
                    static_cast<float>(inside(place, pose, 40, 28, 36));
            }
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

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/level/shape_witness.h"

#include "tests/segmentation/level/spine_phantom.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

namespace paraspinal {
namespace {

using testing::maps_of;

constexpr VertebraCount kL3 = 2;
constexpr double kHeightMm = 27;

// `change` gets each pixel and its place; the inferior endplate of L3 is centered on the origin.
using Change = std::function<void(VertebraMap&, PixelIndex, const Vec3&)>;

Spine found(const Change& change, testing::SpinePhantom phantom = {}) {
    std::vector<VertebraMap> maps = maps_of(phantom);
    for (VertebraMap& map : maps) {
        for (int row = 0; row < kSagittalGrid.rows; ++row) {
            for (int col = 0; col < kSagittalGrid.cols; ++col) {
                change(map,
                       {row, col},
                       patient_from_pixel(map.plane,
                                          {.row_mm = kSagittalPixelMm, .col_mm = kSagittalPixelMm},
                                          {.row = 1.0 * row, .col = 1.0 * col}));
            }
        }
    }
    return find_vertebrae(maps);
}

std::optional<ShapeDoubt> doubt_at(const Spine& spine, VertebraCount count) {
    return spine.at(count)->shape.doubt;
}

// The same, seen from behind with an unchanged header.
std::vector<VertebraMap> mirrored(std::vector<VertebraMap> maps) {
    for (VertebraMap& map : maps) {
        const auto turn = [](Image<float>& image) {
            for (int row = 0; row < image.rows; ++row) {
                std::reverse(image.pixels.begin() + row * image.cols,
                             image.pixels.begin() + (row + 1) * image.cols);
            }
        };
        turn(map.brightness);
        for (Image<float>& each : map.probability) {
            turn(each);
        }
    }
    return maps;
}

TEST(ShapeWitness, KeepsAHealthySpine) {
    const Spine spine = found([](VertebraMap&, PixelIndex, const Vec3&) {});
    for (VertebraCount count = kL5; count <= 6; ++count) {
        EXPECT_EQ(doubt_at(spine, count), std::nullopt) << count;
    }
}

TEST(ShapeWitness, DoubtsADarkLineWithinTheOutline) {
    // The network fills up a V-shaped dent 13 mm deep; its border is dark.
    const Spine spine = found([](VertebraMap& map, PixelIndex pixel, const Vec3& place) {
        const double line_mm = kHeightMm - 13 + 0.8 * std::abs(place.y);
        if (std::abs(place.y) < 16 && std::abs(place.z - line_mm) < 1.5) {
            map.brightness[pixel] = -0.25F;
        }
    });
    EXPECT_EQ(doubt_at(spine, kL3), ShapeDoubt::marrow_doubtful);
    EXPECT_EQ(doubt_at(spine, kL3 + 1), std::nullopt);
}

TEST(ShapeWitness, DoubtsABrightPatchWithinTheOutline) {
    const Spine spine = found([](VertebraMap& map, PixelIndex pixel, const Vec3& place) {
        if (std::abs(place.y) < 15 && place.z > 13 && place.z < 26) {
            map.brightness[pixel] = 0.5F;
        }
    });
    EXPECT_EQ(doubt_at(spine, kL3), ShapeDoubt::marrow_doubtful);
    EXPECT_EQ(doubt_at(spine, kL3 - 1), std::nullopt);
}

TEST(ShapeWitness, DoubtsBodiesWithoutADiscBeyond) {
    const Spine spine = found([](VertebraMap& map, PixelIndex pixel, const Vec3& place) {
        if (place.z > kHeightMm && place.z < kHeightMm + 9) {
            map.probability.at(static_cast<std::size_t>(VertebraClass::disc))[pixel] = 0;
        }
    });
    EXPECT_EQ(doubt_at(spine, kL3), ShapeDoubt::outline_doubtful);
    EXPECT_EQ(doubt_at(spine, kL3 + 1), ShapeDoubt::outline_doubtful);
    EXPECT_EQ(doubt_at(spine, kL3 - 1), std::nullopt);
}

TEST(ShapeWitness, DoubtsBodiesBesideAVoid) {
    const Spine spine = found([](VertebraMap& map, PixelIndex pixel, const Vec3& place) {
        if (std::hypot(place.y, place.z + 4) < 9) {
            map.brightness[pixel] = -0.35F;
        }
    });
    EXPECT_EQ(doubt_at(spine, kL3), ShapeDoubt::cut_by_image);
    EXPECT_EQ(doubt_at(spine, kL3 - 1), ShapeDoubt::cut_by_image);
    EXPECT_EQ(doubt_at(spine, kL3 + 1), std::nullopt);
}

TEST(ShapeWitness, DoubtsAllBodiesOfAMirroredPicture) {
    for (const bool has_sacrum : {true, false}) {
        const Spine spine = find_vertebrae(
            mirrored(maps_of({.has_sacrum = has_sacrum, .l5_lean_deg = 20, .s1_lean_deg = 40})));
        for (VertebraCount count = kL5; count <= 6; ++count) {
            EXPECT_EQ(doubt_at(spine, count), ShapeDoubt::mirrored_suspected)
                << count << ' ' << has_sacrum;
        }
    }
}

}  // namespace
}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/overlap.h"

#include "core/error.h"
#include "io/tables/csv.h"
#include "tests/support/shared_data.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

using testing::source_folder;

Mask drawn(ImageSize size, const std::function<bool(PixelIndex)>& inside) {
    Mask mask(size);
    for (int row = 0; row < size.rows; ++row) {
        for (int col = 0; col < size.cols; ++col) {
            mask[{row, col}] = inside({row, col}) ? 1 : 0;
        }
    }
    return mask;
}

Mask square(PixelIndex corner, int side) {
    return drawn({.rows = 64, .cols = 64}, [&](PixelIndex at) {
        return at.row >= corner.row && at.row < corner.row + side && at.col >= corner.col &&
               at.col < corner.col + side;
    });
}

Mask disc(double radius) {
    return drawn({.rows = 96, .cols = 96},
                 [&](PixelIndex at) { return std::hypot(at.row - 47, at.col - 47) <= radius; });
}

constexpr PixelSpacing kAnisotropic{.row_mm = 2, .col_mm = 0.5};

TEST(Overlap, OfShiftedSquares) {
    // 20 x 20 pixels, 5 columns apart: 15 x 20 in common; more than 5 % of each surface, its far
    // edge, lies 5 columns from the other, and nothing lies farther.
    const Overlap overlap =
        measure_overlap(square({10, 10}, 20), square({10, 15}, 20), kAnisotropic);
    EXPECT_NEAR(overlap.dice.value(), 0.75, 1e-12);
    EXPECT_NEAR(overlap.hausdorff95_mm.value(), 2.5, 1e-12);
    EXPECT_NEAR(overlap.first_area_mm2, 400, 1e-9);
    EXPECT_EQ(area_difference_mm2(overlap), 0);
    EXPECT_EQ(area_difference_pct(overlap), 0);
}

TEST(Overlap, UsesTheSpacingOfEachAxis) {
    // One column of pixels against another, and one row against another: all distances are equal.
    const auto line = [](bool upright, int place) {
        return drawn({.rows = 40, .cols = 40},
                     [&](PixelIndex at) { return (upright ? at.col : at.row) == place; });
    };
    const Overlap columns = measure_overlap(line(true, 4), line(true, 10), kAnisotropic);
    EXPECT_NEAR(columns.hausdorff95_mm.value(), 6 * 0.5, 1e-12);
    EXPECT_NEAR(columns.mean_surface_distance_mm.value(), 6 * 0.5, 1e-12);
    const Overlap rows = measure_overlap(line(false, 4), line(false, 10), kAnisotropic);
    EXPECT_NEAR(rows.mean_surface_distance_mm.value(), 6 * 2, 1e-12);
}

TEST(Overlap, OfConcentricDiscs) {
    const Overlap overlap = measure_overlap(disc(25), disc(20), {.row_mm = 1, .col_mm = 1});
    EXPECT_NEAR(overlap.dice.value(), 2 * 400.0 / (400 + 625), 0.005);
    EXPECT_NEAR(overlap.hausdorff95_mm.value(), 5, 0.7);
    EXPECT_NEAR(overlap.mean_surface_distance_mm.value(), 5, 0.3);
    EXPECT_NEAR(area_difference_pct(overlap).value(), 100 * (625.0 / 400 - 1), 1);
}

TEST(Overlap, OfTheSameOutlineIsPerfect) {
    const Overlap overlap = measure_overlap(disc(12), disc(12), kAnisotropic);
    EXPECT_EQ(overlap.dice, 1);
    EXPECT_EQ(overlap.hausdorff95_mm, 0);
    EXPECT_EQ(overlap.mean_surface_distance_mm, 0);
}

TEST(Overlap, OfAnEmptyOutlineHasNoDistance) {
    const Mask empty({.rows = 96, .cols = 96});
    const Overlap missed = measure_overlap(empty, disc(10), kAnisotropic);
    EXPECT_EQ(missed.dice, 0);
    EXPECT_FALSE(missed.hausdorff95_mm || missed.mean_surface_distance_mm);
    EXPECT_EQ(area_difference_pct(missed), -100);
    const Overlap nothing = measure_overlap(empty, empty, kAnisotropic);
    EXPECT_FALSE(nothing.dice || area_difference_pct(nothing));
}

TEST(Overlap, MeasuresBordersInMillimeters) {
    const Overlap squares = measure_overlap(square({10, 10}, 20), square({0, 0}, 64), kAnisotropic);
    EXPECT_NEAR(squares.first_perimeter_mm, 2 * 19 * (2 + 0.5), 1e-4);
    EXPECT_NEAR(squares.second_perimeter_mm, 2 * 63 * (2 + 0.5), 1e-4);

    // A hole and a comb of 19 teeth, one pixel wide and four high, on the same square.
    const PixelSpacing even{.row_mm = 1, .col_mm = 1};
    const Mask plain = square({10, 10}, 39);
    Mask comb = plain;
    for (int col = 10; col < 48; col += 2) {
        for (int row = 6; row < 10; ++row) {
            comb[{row, col}] = 1;
        }
    }
    EXPECT_GT(perimeter_ratio(measure_overlap(comb, plain, even)).value(), 1.5);
    Mask holed = plain;
    holed[{30, 30}] = 0;
    EXPECT_GT(measure_overlap(holed, plain, even).first_perimeter_mm, 4 * 38.0 + 4);

    constexpr double kRadius = 40;
    const Overlap round = measure_overlap(disc(kRadius), Mask(disc(kRadius).size()), even);
    EXPECT_NEAR(round.first_perimeter_mm, 2 * M_PI * kRadius, 0.08 * 2 * M_PI * kRadius);
    EXPECT_FALSE(perimeter_ratio(round));
}

TEST(Overlap, RefusesMasksOfDifferentSize) {
    EXPECT_THROW(measure_overlap(disc(10), square({1, 1}, 5), kAnisotropic), Error);
}

// An ellipse without what lies above and right of a corner, as in make_overlap_references.py.
struct Shape {
    double row, col, half_height, half_width, notch_row, notch_col;
};

Mask drawn(const Shape& shape) {
    return drawn({.rows = 96, .cols = 128}, [&](PixelIndex at) {
        const double down = (at.row - shape.row) / shape.half_height;
        const double right = (at.col - shape.col) / shape.half_width;
        return down * down + right * right <= 1 &&
               !(at.row < shape.notch_row && at.col > shape.notch_col);
    });
}

constexpr std::array<std::array<Shape, 2>, 4> kPairs{{
    {{{40, 60, 20, 30, 25, 70}, {42, 63, 22, 27, 28, 66}}},
    {{{48, 64, 40, 12, 0, 200}, {48, 90, 6, 30, 0, 200}}},
    {{{20, 20, 19, 25, 10, 30}, {70, 100, 30, 40, 60, 90}}},
    {{{47, 63, 60, 80, 30, 80}, {47, 63, 25, 33, 40, 70}}},
}};

TEST(Overlap, IsWhatScipyFinds) {
    CsvReader table(source_folder() / "tests" / "segmentation" / "overlap_references.csv");
    const auto value = [&](const char* name) {
        return table.number(table.required_column(name)).value();
    };
    int rows = 0;
    for (; table.next(); ++rows) {
        const auto& pair = kPairs.at(static_cast<std::size_t>(value("pair")));
        const PixelSpacing spacing{.row_mm = value("row_mm"), .col_mm = value("col_mm")};
        const Overlap overlap = measure_overlap(drawn(pair[0]), drawn(pair[1]), spacing);
        EXPECT_NEAR(overlap.dice.value(), value("dice"), 1e-9);
        EXPECT_NEAR(overlap.hausdorff95_mm.value(), value("hausdorff95_mm"), 1e-9);
        EXPECT_NEAR(
            overlap.mean_surface_distance_mm.value(), value("mean_surface_distance_mm"), 1e-9);
        EXPECT_NEAR(area_difference_mm2(overlap), value("area_difference_mm2"), 1e-8);
    }
    EXPECT_EQ(rows, 12);
}

TEST(Regions, AreTheStructuresAndTheMusclesAsOne) {
    using enum Structure;
    const std::vector<Region> all = regions_of(kStructures);
    ASSERT_EQ(all.size(), 8U);
    EXPECT_EQ(all.front().name, "multifidus_right");
    EXPECT_EQ(all.back().name, "paraspinal");
    EXPECT_EQ(all.back().structures.size(), 4U);

    const std::vector<Structure> partial{erector_spinae_left, multifidus_left};
    const std::vector<Region> some = regions_of(partial);
    ASSERT_EQ(some.size(), 2U);
    EXPECT_EQ(some.front().name, "multifidus_left");

    LabelMap labels({.rows = 1, .cols = 4});
    labels.pixels = {background, multifidus_right, psoas_left, erector_spinae_left};
    EXPECT_EQ(region_mask(labels, all.back()).pixels, (std::vector<std::uint8_t>{0, 1, 0, 1}));
}

}  // namespace
}  // namespace paraspinal

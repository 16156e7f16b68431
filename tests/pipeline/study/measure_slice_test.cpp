// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/measure_slice.h"

#include "core/error.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <random>

namespace paraspinal {
namespace {

struct LabeledSlice {
    LabelMap labels{ImageSize{40, 50}};
    Mask fat{ImageSize{40, 50}};
};

LabeledSlice random_slice(unsigned seed) {
    std::mt19937 random(seed);
    LabeledSlice slice;
    for (std::size_t i = 0; i < slice.labels.pixels.size(); ++i) {
        slice.labels.pixels[i] = static_cast<Structure>(random() % (kStructures.size() + 1));
        slice.fat.pixels[i] = static_cast<std::uint8_t>(random() % 2);
    }
    return slice;
}

constexpr PixelSpacing kSpacing{.row_mm = 0.5, .col_mm = 0.75};

TEST(MeasureSlice, CountsPixelsTimesSpacing) {
    LabeledSlice slice;
    for (int col = 10; col < 30; ++col) {
        slice.labels[{5, col}] = Structure::multifidus_left;
        slice.fat[{5, col}] = col < 15 ? 1 : 0;
    }
    const SliceMeasurement measured = measure_slice(slice.labels, slice.fat, kSpacing);
    const StructureMeasurement& muscle = measurement_of(measured, Structure::multifidus_left);
    EXPECT_EQ(muscle.pixels, 20);
    EXPECT_DOUBLE_EQ(muscle.area_mm2, 20 * 0.5 * 0.75);
    EXPECT_DOUBLE_EQ(muscle.fat_area_mm2.value(), 5 * 0.5 * 0.75);
    EXPECT_EQ(measured.structures.size(), kStructures.size());
    EXPECT_EQ(measurement_of(measured, Structure::psoas_left).pixels, 0);
}

TEST(MeasureSlice, MeasuresFatInParaspinalMusclesOnly) {
    LabeledSlice slice;
    slice.labels[{1, 1}] = Structure::psoas_left;
    slice.labels[{1, 2}] = Structure::vertebral_body;
    slice.fat[{1, 1}] = slice.fat[{1, 2}] = 1;
    const SliceMeasurement measured = measure_slice(slice.labels, slice.fat, kSpacing);
    EXPECT_FALSE(measurement_of(measured, Structure::psoas_left).fat_area_mm2);
    EXPECT_FALSE(measurement_of(measured, Structure::vertebral_body).fat_area_mm2);
}

TEST(MeasureSlice, AreaScalesWithTheSquareOfTheSpacingAndFdrDoesNot) {
    for (unsigned seed = 0; seed < 50; ++seed) {
        const LabeledSlice slice = random_slice(seed);
        const SliceMeasurement once = measure_slice(slice.labels, slice.fat, kSpacing);
        const SliceMeasurement scaled =
            measure_slice(slice.labels, slice.fat, {.row_mm = 1.5, .col_mm = 2.25});
        EXPECT_NEAR(csa_cm2(scaled), 9 * csa_cm2(once), 1e-9) << "seed " << seed;
        EXPECT_NEAR(*fdr_pct(scaled), *fdr_pct(once), 1e-9) << "seed " << seed;
        EXPECT_LE(fat_area_cm2(once).value(), csa_cm2(once)) << "seed " << seed;
    }
}

TEST(MeasureSlice, MirroringSwapsTheSidesAndNothingElse) {
    for (unsigned seed = 0; seed < 50; ++seed) {
        const LabeledSlice slice = random_slice(seed);
        LabeledSlice mirror = slice;
        for (int row = 0; row < slice.labels.rows; ++row) {
            for (int col = 0; col < slice.labels.cols; ++col) {
                const PixelIndex other{row, slice.labels.cols - 1 - col};
                mirror.labels[other] = mirrored(slice.labels[{row, col}]);
                mirror.fat[other] = slice.fat[{row, col}];
            }
        }
        const SliceMeasurement measured = measure_slice(slice.labels, slice.fat, kSpacing);
        const SliceMeasurement other = measure_slice(mirror.labels, mirror.fat, kSpacing);
        for (const StructureMeasurement& structure : measured.structures) {
            StructureMeasurement expected = structure;
            expected.structure = mirrored(structure.structure);
            EXPECT_EQ(measurement_of(other, expected.structure), expected) << "seed " << seed;
        }
    }
}

TEST(MeasureSlice, RefusesGridsOfDifferentSize) {
    EXPECT_THROW(measure_slice(LabelMap(ImageSize{2, 2}), Mask(ImageSize{2, 3}), kSpacing), Error);
}

}  // namespace
}  // namespace paraspinal

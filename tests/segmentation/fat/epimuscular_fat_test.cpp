// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/fat/epimuscular_fat.h"

#include "core/error.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace paraspinal {
namespace {

constexpr PixelSpacing kSpacing{.row_mm = 0.5, .col_mm = 0.5};

// One square muscle, 40 x 40 mm, in a larger picture.
struct Drawing {
    LabelMap labels{{.rows = 100, .cols = 100}};
    Mask fat{{.rows = 100, .cols = 100}};

    Drawing() { fill(labels, 10, 10, 80, 80, Structure::erector_spinae_left); }

    template <class Pixel>
    static void fill(Image<Pixel>& image, int row, int col, int rows, int cols, Pixel value) {
        for (int r = row; r < row + rows; ++r) {
            for (int c = col; c < col + cols; ++c) {
                image[{.row = r, .col = c}] = value;
            }
        }
    }
    void add_fat(int row, int col, int rows, int cols) {
        fill<std::uint8_t>(fat, row, col, rows, cols, 1);
    }
    [[nodiscard]] LabelMap muscle() const {
        return without_epimuscular_fat(labels, fat, kSpacing, {});
    }
};

std::int64_t muscle_pixels(const LabelMap& labels) {
    return std::ranges::count_if(labels.pixels, is_paraspinal_muscle);
}

bool is_kept(const LabelMap& muscle, int row, int col, int rows, int cols) {
    for (int r = row; r < row + rows; ++r) {
        for (int c = col; c < col + cols; ++c) {
            if (!is_paraspinal_muscle(muscle[{.row = r, .col = c}])) {
                return false;
            }
        }
    }
    return true;
}

TEST(EpimuscularFat, TakesTheRimAndLeavesTheFatInside) {
    Drawing drawing;
    drawing.add_fat(78, 10, 12, 80);  // A rim of 6 mm along the posterior border.
    drawing.add_fat(40, 40, 10, 10);  // Fat inside of the muscle.
    const LabelMap muscle = drawing.muscle();
    EXPECT_EQ(muscle_pixels(muscle), 80 * 80 - 12 * 80);
    EXPECT_TRUE(is_kept(muscle, 40, 40, 10, 10));
}

TEST(EpimuscularFat, TakesTheFasciaOutsideOfTheRim) {
    Drawing drawing;
    drawing.add_fat(78, 10, 9, 80);  // Leaves three dark rows, 1.5 mm, along the border.
    EXPECT_EQ(muscle_pixels(drawing.muscle()), 80 * 80 - 12 * 80);
}

TEST(EpimuscularFat, KeepsANarrowBayAndTakesAWideOne) {
    Drawing narrow;
    narrow.add_fat(60, 44, 30, 12);  // 6 mm wide, 15 mm deep from the posterior border.
    // The pen dips 1 mm into a mouth of 6 mm.
    EXPECT_GE(muscle_pixels(narrow.muscle()), 80 * 80 - 12 * 3);
    Drawing wide;
    wide.add_fat(60, 30, 30, 50);  // 25 mm wide.
    EXPECT_LT(muscle_pixels(wide.muscle()), 80 * 80 - 0.9 * 30 * 50);
}

TEST(EpimuscularFat, KeepsALakeInsideOfTheMuscle) {
    Drawing drawing;
    drawing.add_fat(30, 30, 40, 40);  // 20 mm wide, 10 mm from the border.
    EXPECT_EQ(drawing.muscle(), drawing.labels);
}

TEST(EpimuscularFat, ChangesNothingWithoutFat) {
    const Drawing drawing;
    EXPECT_EQ(drawing.muscle(), drawing.labels);
}

TEST(EpimuscularFat, DoesNotTakeABorderBetweenMusclesForAnOuterOne) {
    Drawing drawing;
    Drawing::fill(drawing.labels, 10, 10, 80, 40, Structure::multifidus_left);
    drawing.add_fat(20, 36, 50, 28);  // On both sides of the border that they share.
    EXPECT_EQ(drawing.muscle(), drawing.labels);
}

TEST(EpimuscularFat, LeavesOtherStructuresAlone) {
    Drawing drawing;
    std::ranges::replace(
        drawing.labels.pixels, Structure::erector_spinae_left, Structure::vertebral_body);
    drawing.add_fat(0, 0, 100, 100);
    EXPECT_EQ(drawing.muscle(), drawing.labels);
}

TEST(EpimuscularFat, IsNothingWhereAllIsThinFat) {
    Drawing drawing;
    std::ranges::fill(drawing.labels.pixels, Structure::background);
    Drawing::fill(drawing.labels, 10, 10, 10, 80, Structure::multifidus_left);
    drawing.add_fat(0, 0, 100, 100);
    EXPECT_EQ(muscle_pixels(drawing.muscle()), 0);
}

TEST(MuscleRoi, HasNames) {
    EXPECT_EQ(muscle_roi_from_name("muscle"), MuscleRoi::muscle);
    EXPECT_EQ(muscle_roi_name(MuscleRoi::fascial), "fascial");
    EXPECT_THROW(muscle_roi_from_name("fat"), Error);
}

}  // namespace
}  // namespace paraspinal

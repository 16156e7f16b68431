// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/composition.h"

#include "pipeline/study/further_quantities.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>

namespace paraspinal {
namespace {

constexpr float kLean = 100;
constexpr float kFat = 300;

// Two muscles of 40 x 10 pixels of 0.5 x 1 mm beside the midline (column 50), the right one at the
// left of the image, and a psoas of 10 x 10 before each. Columns are 0.5 mm wide.
struct Phantom {
    ImageSlice even{.intensity = Image<float>({.rows = 40, .cols = 100}, kLean),
                    .spacing = {.row_mm = 1, .col_mm = 0.5},
                    .plane = {}};
    LabelMap labels{ImageSize{.rows = 40, .cols = 100}};

    Phantom() {
        block(20, 5, 40, Structure::erector_spinae_right);
        block(20, 25, 20, Structure::multifidus_right);
        block(20, 55, 40, Structure::multifidus_left);
        block(0, 30, 10, Structure::psoas_right);
        block(0, 60, 10, Structure::psoas_left);
    }
    void block(int row, int col, int cols, Structure structure) {
        for (int r = row; r < row + 10; ++r) {
            for (int c = col; c < col + cols; ++c) {
                labels[{.row = r, .col = c}] = structure;
            }
        }
    }
    void paint(int row, int rows, int col, int cols, float value) {
        for (int r = row; r < row + rows; ++r) {
            for (int c = col; c < col + cols; ++c) {
                even.intensity[{.row = r, .col = c}] = value;
            }
        }
    }
    [[nodiscard]] Composition found(std::optional<SeenFat> fat = std::nullopt) const {
        return composition_of(even, labels, 200, fat);
    }
};

TEST(Composition, CountsFatOfPsoasAndOfQuartersFromTheMidline) {
    Phantom phantom;
    phantom.paint(0, 10, 30, 3, kFat);    // 3 of 10 columns of the right psoas.
    phantom.paint(20, 5, 35, 10, kFat);   // Half of the medial quarter of the right side.
    phantom.paint(20, 10, 85, 10, kFat);  // The lateral quarter of the left side.
    const Composition found = phantom.found();
    EXPECT_DOUBLE_EQ(*fdr_pct(found.psoas_right), 30);
    EXPECT_DOUBLE_EQ(*fdr_pct(found.psoas_left), 0);
    EXPECT_DOUBLE_EQ(area_cm2(found.psoas_right), 0.5);
    EXPECT_EQ(found.right_quarters_pct, (QuarterFdr{50, 0, 0, 0}));
    EXPECT_EQ(found.left_quarters_pct, (QuarterFdr{0, 0, 0, 100}));
    const double muscle = (kLean * (800 - 150) + kFat * 150) / 800.0;
    const double psoas = (kLean * 170 + kFat * 30) / 200.0;
    EXPECT_NEAR(*found.muscle_psoas_ratio, muscle / psoas, 1e-9);
    EXPECT_EQ(found.muscle_fat_ratio, std::nullopt);
}

// The mirror image swaps the sides and nothing else; a gain changes nothing.
TEST(Composition, MirrorsAndKeepsItsRatiosUnderGain) {
    Phantom phantom;
    phantom.paint(20, 7, 40, 30, kFat);
    phantom.paint(0, 4, 30, 8, kFat);
    const SeenFat fat{.reference = {.air = 0, .fat = 320, .place = FatPlace::subcutaneous},
                      .choices = {},
                      .where = {}};
    const Composition found = phantom.found(fat);
    Phantom mirror = phantom;
    for (int row = 0; row < 40; ++row) {
        for (int col = 0; col < 100; ++col) {
            const PixelIndex from{.row = row, .col = 99 - col};
            mirror.even.intensity[{.row = row, .col = col}] = phantom.even.intensity[from];
            const Structure structure = phantom.labels[from];
            mirror.labels[{.row = row, .col = col}] =
                structure == Structure::background ? structure : mirrored(structure);
        }
    }
    const Composition other = mirror.found(fat);
    EXPECT_EQ(other.right_quarters_pct, found.left_quarters_pct);
    EXPECT_EQ(other.left_quarters_pct, found.right_quarters_pct);
    EXPECT_EQ(other.psoas_left.fat_area_mm2, found.psoas_right.fat_area_mm2);
    for (float& value : phantom.even.intensity.pixels) {
        value *= 2;
    }
    SeenFat brighter = fat;
    brighter.reference.fat *= 2;
    const Composition twice = composition_of(phantom.even, phantom.labels, 400, brighter);
    EXPECT_EQ(twice.right_quarters_pct, found.right_quarters_pct);
    EXPECT_DOUBLE_EQ(*twice.muscle_psoas_ratio, *found.muscle_psoas_ratio);
    EXPECT_DOUBLE_EQ(*twice.muscle_fat_ratio, *found.muscle_fat_ratio);
    EXPECT_DOUBLE_EQ(twice.psoas_left.fat_area_mm2.value(), found.psoas_left.fat_area_mm2.value());
}

TEST(Composition, SaysNothingOfWhatIsNotThere) {
    Phantom phantom;
    const Composition no_threshold =
        composition_of(phantom.even, phantom.labels, std::nullopt, std::nullopt);
    EXPECT_EQ(no_threshold.psoas_right.fat_area_mm2, std::nullopt);
    EXPECT_EQ(no_threshold.right_quarters_pct, QuarterFdr{});
    EXPECT_TRUE(no_threshold.muscle_psoas_ratio);
    phantom.block(20, 55, 40, Structure::background);  // One side alone.
    phantom.block(0, 60, 10, Structure::background);
    const Composition found =
        phantom.found(SeenFat{.reference = {.air = 0, .fat = 320, .place = FatPlace::elsewhere},
                              .choices = {},
                              .where = {}});
    EXPECT_EQ(found.right_quarters_pct, QuarterFdr{});
    EXPECT_EQ(found.psoas_left.fat_area_mm2, std::nullopt);
    EXPECT_EQ(found.muscle_fat_ratio, std::nullopt);
}

// What the columns say of a phantom at `level`.
std::map<std::string, std::optional<double>> told(const std::string& level,
                                                  std::optional<double> height_m) {
    const Phantom phantom;
    StudyReport report;
    report.level.level = level;
    report.study.patient.height_m = height_m;
    for (const Structure structure : kStructures) {
        report.measurement.structures.push_back({.structure = structure});
    }
    report.measurement.structures.front().area_mm2 = 4000;
    report.fat_evidence.composition = phantom.found();
    std::map<std::string, std::optional<double>> values;
    for (const Quantity& row : further_quantities()) {
        values[std::string(row.name)] = row.value(report);
    }
    return values;
}

TEST(FurtherQuantities, DivideByTheHeightSquaredOfAdults) {
    const auto values = told("L3", 1.6);
    EXPECT_DOUBLE_EQ(*values.at("csa_index_cm2_m2"), 40 / 2.56);
    EXPECT_DOUBLE_EQ(*values.at("psoas_index_cm2_m2"), 1 / 2.56);
    EXPECT_DOUBLE_EQ(*values.at("psoas_lean_csa_cm2"), 1);
    EXPECT_DOUBLE_EQ(*told("L3", 160).at("csa_index_cm2_m2"), 40 / 2.56);  // Centimeters.
    for (const double none : {0.0, 0.9, 2.6, 16.0, 90.0, 1600.0}) {
        EXPECT_EQ(told("L3", none).at("csa_index_cm2_m2"), std::nullopt) << none;
    }
    EXPECT_EQ(told("L3", std::nullopt).at("psoas_index_cm2_m2"), std::nullopt);
}

TEST(FurtherQuantities, SayNothingOfPsoasWhereItWasNotScored) {
    EXPECT_TRUE(told("L5", 1.6).at("psoas_left_fdr_pct"));
    EXPECT_EQ(told("L5", 1.6).at("psoas_index_cm2_m2"), std::nullopt);  // It is one of L3.
    for (const char* const name : {"psoas_left_fdr_pct",
                                   "psoas_right_fa_cm2",
                                   "psoas_lean_csa_cm2",
                                   "muscle_psoas_signal_ratio"}) {
        EXPECT_EQ(told("L2", 1.6).at(name), std::nullopt) << name;
    }
    EXPECT_TRUE(told("L2", 1.6).at("right_quarter1_fdr_pct"));
}

}  // namespace
}  // namespace paraspinal

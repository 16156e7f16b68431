// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/labels/agree_labels.h"

#include "core/error.h"
#include "io/imagej/archive.h"
#include "io/nifti/write_volume.h"
#include "pipeline/compare/labels/agree_folders.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

constexpr PixelSpacing kSpacing{.row_mm = 2, .col_mm = 0.5};

class AgreeLabels : public ::testing::Test {
  protected:
    // A square of 20 x 20 pixels in the left psoas, `shift` columns from the left border.
    std::filesystem::path square(const std::string& name, int shift, double height_mm = 0) {
        LabelMap labels({.rows = 64, .cols = 64});
        for (int row = 10; row < 30; ++row) {
            for (int col = shift; col < shift + 20; ++col) {
                labels[{row, col}] = Structure::psoas_left;
            }
        }
        const std::filesystem::path file = folder_.path() / name;
        write_nifti_labels(
            file, labels, {.spacing = kSpacing, .plane = {.origin_mm = {0, 0, height_mm}}});
        return file;
    }

    [[nodiscard]] std::filesystem::path folder() const { return folder_.path(); }

  private:
    testing::TemporaryFolder folder_;
};

TEST_F(AgreeLabels, MeasuresShiftedSquares) {
    const auto rows = agree_labels(square("a.nii.gz", 10), square("b.nii.gz", 15));
    ASSERT_EQ(rows.size(), 1U) << "what is absent in both is left out";
    EXPECT_EQ(rows[0].region, "psoas_left");
    EXPECT_NEAR(rows[0].overlap.dice.value(), 0.75, 1e-12);
    EXPECT_NEAR(rows[0].overlap.hausdorff95_mm.value(), 2.5, 1e-6);
    const nlohmann::json document = nlohmann::json::parse(label_agreement_json(rows));
    EXPECT_EQ(document.at("format_version"), 1);
    EXPECT_EQ(document.at("rows").at(0).at("first_area_mm2"), 400);
    EXPECT_NE(label_agreement_text(rows).find("0.750"), std::string::npos);
    EXPECT_EQ(label_agreement_csv(rows).find("slice,region,dice"), 0U);
}

TEST_F(AgreeLabels, ComparesRoisOfImageJOnTheirPixels) {
    const auto rois = [&](const std::string& name, double left) {
        const std::filesystem::path file = folder() / name;
        const RoiPath square{{left, 10}, {left + 20, 10}, {left + 20, 30}, {left, 30}};
        write_imagej_rois(file, {{.name = "psoas_left", .shape = std::vector<RoiPath>{square}}});
        return file;
    };
    const auto rows = agree_labels(rois("a.zip", 10), rois("b.zip", 15), {.pixel_mm = 0.5});
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_NEAR(rows[0].overlap.dice.value(), 0.75, 1e-12);
    EXPECT_NEAR(rows[0].overlap.first_area_mm2, 100, 1e-9);
    EXPECT_NEAR(rows[0].overlap.hausdorff95_mm.value(), 2.5, 1e-6);
    EXPECT_THROW(agree_labels(rois("a.zip", 10), rois("b.zip", 15)), Error) << "of which size?";
    EXPECT_THROW(agree_labels(rois("a.zip", 10), square("b.nii.gz", 15), {.pixel_mm = 0.5}), Error)
        << "where in the patient?";
}

TEST_F(AgreeLabels, ComparesFoldersByName) {
    for (const char* const reader : {"anna", "ben"}) {
        std::filesystem::create_directories(folder() / reader / "P1");
    }
    square("anna/P1/psoas.nii.gz", 10);
    square("ben/P1/psoas.nii.gz", 15);
    square("anna/2.nii.gz", 10);
    square("ben/2.nii.gz", 10);
    square("anna/3.nii.gz", 10);
    square("ben/3.nii.gz", 10, 40);
    square("ben/4.nii.gz", 10);
    const FolderAgreement result = agree_folders(folder() / "anna", folder() / "ben", {});
    ASSERT_EQ(result.rows.size(), 2U);
    EXPECT_EQ(result.rows[0].case_name, "2");
    EXPECT_EQ(result.rows[1].case_name, "P1/psoas");
    EXPECT_NEAR(result.rows[1].overlap.dice.value(), 0.75, 1e-12);
    ASSERT_EQ(result.failed.size(), 1U);
    EXPECT_TRUE(result.failed[0].starts_with("3: ")) << result.failed[0];
    EXPECT_EQ(result.unmatched, std::vector<std::string>{"4"});
    EXPECT_EQ(result.areas.joined, 2);
    ASSERT_EQ(result.areas.columns.size(), 1U);
    EXPECT_EQ(agreement_name(result.areas.columns[0]), "area_mm2, psoas left");
    EXPECT_NE(label_agreement_csv(result.rows).find(",P1/psoas\n"), std::string::npos);
    std::filesystem::remove_all(folder() / "ben");
    std::filesystem::create_directories(folder() / "ben");
    EXPECT_THROW(agree_folders(folder() / "anna", folder() / "ben", {}), Error);
}

// What one reader outlines nowhere she did not measure as 0 mm2.
TEST_F(AgreeLabels, LeavesOutWhatOneSideDidNotOutline) {
    for (const char* const reader : {"anna", "ben"}) {
        std::filesystem::create_directories(folder() / reader);
    }
    for (const char* const name : {"1", "2", "3", "4"}) {
        square("anna/" + std::string(name) + ".nii.gz", 10);
        square("ben/" + std::string(name) + ".nii.gz", 10 + name[0] - '0');
    }
    LabelMap only_right({.rows = 64, .cols = 64});
    only_right[{50, 50}] = Structure::psoas_right;
    write_nifti_labels(folder() / "ben" / "4.nii.gz",
                       only_right,
                       {.spacing = kSpacing, .plane = {.origin_mm = {0, 0, 0}}});
    const FolderAgreement result = agree_folders(folder() / "anna", folder() / "ben", {});
    EXPECT_EQ(result.areas.columns.at(0).agreement.pairs, 3);
    EXPECT_EQ(result.areas.columns.at(0).agreement.missing, 1);
    EXPECT_EQ(result.areas.columns.at(0).agreement.bias.value().value, 0);
    const TextTable table = label_agreement_table(result.rows);
    EXPECT_EQ(table.rows.at(0).at(1), "3") << "slices";
    EXPECT_EQ(table.rows.at(0).at(7), "0.0") << "area %";
    ASSERT_EQ(table.notes.size(), 3U);
    EXPECT_TRUE(table.notes[2].starts_with("psoas_left: the second")) << table.notes[2];
    EXPECT_NE(label_agreement_csv(result.rows).find("1,psoas_left,0,,,400,,,,4\n"),
              std::string::npos)
        << label_agreement_csv(result.rows);
}

// Of three slices one rater has two: distances are from these, areas from all.
TEST_F(AgreeLabels, SaysHowManySlicesAFigureIsFrom) {
    const Overlap shared =
        measure_overlap(Mask({.rows = 2, .cols = 2}, 1), Mask({.rows = 2, .cols = 2}, 1), kSpacing);
    const Overlap missed =
        measure_overlap(Mask({.rows = 2, .cols = 2}, 1), Mask({.rows = 2, .cols = 2}), kSpacing);
    const TextTable table = label_agreement_table(
        {{1, "psoas_left", shared}, {2, "psoas_left", shared}, {3, "psoas_left", missed}});
    EXPECT_EQ(
        table.rows.at(0),
        (std::vector<std::string>{"psoas_left", "3", "2", "0.667", "0.00", "0.00", "1.3", "50.0"}));
}

TEST_F(AgreeLabels, RefusesMapsOfDifferentPlaces) {
    try {
        static_cast<void>(agree_labels(square("a.nii.gz", 10), square("b.nii.gz", 10, 40)));
        FAIL() << "not refused";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::outline_mismatch);
    }
    EXPECT_THROW(agree_labels(square("a.nii.gz", 10),
                              square("b.nii.gz", 10),
                              {.table = {{1, Structure::multifidus_left}}}),
                 Error);
}

}  // namespace
}  // namespace paraspinal

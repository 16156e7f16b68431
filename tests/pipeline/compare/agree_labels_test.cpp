// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/agree_labels.h"

#include "core/error.h"
#include "io/nifti/write_volume.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

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

  private:
    testing::TemporaryFolder folder_;
};

TEST_F(AgreeLabels, MeasuresShiftedSquares) {
    const auto rows =
        agree_labels(square("a.nii.gz", 10), square("b.nii.gz", 15), default_label_table());
    ASSERT_EQ(rows.size(), 1U) << "what is absent in both is left out";
    EXPECT_EQ(rows[0].region, "psoas_left");
    EXPECT_NEAR(rows[0].overlap.dice.value(), 0.75, 1e-12);
    EXPECT_NEAR(rows[0].overlap.hausdorff95_mm.value(), 2.5, 1e-6);
    const nlohmann::json document = nlohmann::json::parse(label_agreement_json(rows));
    EXPECT_EQ(document.at(0).at("first_area_mm2"), 400);
    EXPECT_NE(label_agreement_text(rows).find("0.750"), std::string::npos);
    EXPECT_EQ(label_agreement_csv(rows).find("slice,region,dice"), 0U);
}

TEST_F(AgreeLabels, RefusesMapsOfDifferentPlaces) {
    try {
        static_cast<void>(agree_labels(
            square("a.nii.gz", 10), square("b.nii.gz", 10, 40), default_label_table()));
        FAIL() << "not refused";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::outline_mismatch);
    }
    EXPECT_THROW(
        agree_labels(
            square("a.nii.gz", 10), square("b.nii.gz", 10), {{1, Structure::multifidus_left}}),
        Error);
}

}  // namespace
}  // namespace paraspinal

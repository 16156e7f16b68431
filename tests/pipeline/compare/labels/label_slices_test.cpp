// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/labels/label_slices.h"

#include "core/error.h"
#include "io/nifti/write_volume.h"
#include "io/png_image.h"
#include "tests/support/png_file.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

namespace paraspinal {
namespace {

using testing::TemporaryFolder;
using testing::write_png;

constexpr PixelSpacing kSpacing{.row_mm = 0.8, .col_mm = 0.5};
constexpr ImageSize kSize{.rows = 40, .cols = 60};

ImagePlane oblique_plane() {
    const Vec3 along_rows = normalized({0, 0.98, -0.2});
    return {.origin_mm = {-14.2, 3.5, 77.3}, .along_columns = {1, 0, 0}, .along_rows = along_rows};
}

LabelMap corner_labels() {
    LabelMap labels(kSize);
    labels[{3, 5}] = Structure::multifidus_right;
    labels[{39, 59}] = Structure::psoas_left;
    labels[{0, 0}] = Structure::vertebral_body;
    return labels;
}

class LabelSlices : public ::testing::Test {
  protected:
    LabelSlices() {
        write_nifti_labels(file_, corner_labels(), {.spacing = kSpacing, .plane = oblique_plane()});
        slices_ = read_label_slices(file_);
    }

    TemporaryFolder folder_;
    std::filesystem::path file_ = folder_.path() / "labels.nii.gz";
    std::vector<LabelSlice> slices_;
};

TEST_F(LabelSlices, ComeBackOnTheirOwnGrid) {
    ASSERT_EQ(slices_.size(), 1U);
    const ImageFrame grid{.plane = oblique_plane(), .spacing = kSpacing, .size = kSize};
    EXPECT_EQ(labels_on_grid(slices_, grid, default_label_table()), corner_labels());
}

TEST_F(LabelSlices, FindTheirPlaceOnAGridThatIsStoredTheOtherWayRound) {
    // The same pixels, columns stored from the patient's left to his right.
    ImagePlane plane = oblique_plane();
    plane.origin_mm = patient_from_pixel(plane, kSpacing, {.row = 0, .col = 59});
    plane.along_columns = {-1, 0, 0};
    const auto labels = labels_on_grid(
        slices_, {.plane = plane, .spacing = kSpacing, .size = kSize}, default_label_table());
    ASSERT_TRUE(labels.has_value());
    EXPECT_EQ((*labels)[PixelIndex({3, 54})], Structure::multifidus_right);
    EXPECT_EQ((*labels)[PixelIndex({39, 0})], Structure::psoas_left);
    EXPECT_EQ((*labels)[PixelIndex({0, 59})], Structure::vertebral_body);
}

TEST_F(LabelSlices, DoNotLabelAnotherPlane) {
    ImagePlane above = oblique_plane();
    above.origin_mm = above.origin_mm + 0.5 * normal(above);
    EXPECT_FALSE(labels_on_grid(
        slices_, {.plane = above, .spacing = kSpacing, .size = kSize}, default_label_table()));
    ImagePlane tilted = oblique_plane();
    tilted.along_rows = {0, 1, 0};
    EXPECT_FALSE(labels_on_grid(
        slices_, {.plane = tilted, .spacing = kSpacing, .size = kSize}, default_label_table()));
}

TEST_F(LabelSlices, ValuesOutsideTheTableAreBackgroundAndReported) {
    const LabelTable table{{1, Structure::psoas_right}};
    const ImageFrame grid{.plane = oblique_plane(), .spacing = kSpacing, .size = kSize};
    const auto labels = labels_on_grid(slices_, grid, table);
    EXPECT_EQ((*labels)[PixelIndex({3, 5})], Structure::psoas_right);
    EXPECT_EQ((*labels)[PixelIndex({0, 0})], Structure::background);
    EXPECT_EQ(unnamed_values(slices_, table), (std::set<int>{5, 7}));
}

TEST_F(LabelSlices, OfAPngBelongToAnyGridOfItsSize) {
    const std::filesystem::path png = folder_.path() / "mask.PNG";
    write_png(png, kSize, [](PixelIndex at) { return at.row == 2 && at.col == 7 ? 1 : 0; });
    const std::vector<LabelSlice> slices = read_label_slices(png);
    ImageFrame grid{.plane = oblique_plane(), .spacing = kSpacing, .size = kSize};
    const auto labels = labels_on_grid(slices, grid, default_label_table());
    EXPECT_EQ((*labels)[PixelIndex({2, 7})], Structure::multifidus_right);
    grid.size.rows += 1;
    EXPECT_FALSE(labels_on_grid(slices, grid, default_label_table()));
}

TEST_F(LabelSlices, RefuseColors) {
    const std::filesystem::path color = folder_.path() / "color.png";
    testing::write_color_png(color, 90, 91);
    EXPECT_THROW(read_label_slices(color), Error);
    testing::write_color_png(color, 90, 90);
    EXPECT_EQ(read_png(color).pixels.front(), 90);
    EXPECT_THROW(read_png(folder_.path() / "absent.png"), Error);
}

}  // namespace
}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "io/nifti/labels.h"
#include "io/nifti/write_volume.h"
#include "io/output_file.h"
#include "tests/support/refusal.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

// An oblique slice with pixels that are not square.
ImageSlice some_slice() {
    const double tilt = 0.2;
    return {.intensity = Image<float>({.rows = 60, .cols = 48}),
            .spacing = {.row_mm = 0.7, .col_mm = 0.6},
            .plane = {.origin_mm = {-37.25, 81.5, 402.125},
                      .along_columns = {1, 0, 0},
                      .along_rows = {0, std::cos(tilt), std::sin(tilt)}}};
}

LabelMap some_labels(ImageSize size) {
    LabelMap labels(size);
    for (std::size_t i = 0; i < labels.pixels.size(); ++i) {
        labels.pixels[i] = static_cast<Structure>((i * i / 7 + i / 11) % 8);
    }
    return labels;
}

class NiftiLabels : public ::testing::Test {
  protected:
    [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "labels.nii.gz"; }
    void write(const LabelMap& labels, const ImageSlice& slice, double thickness_mm = 4) const {
        write_nifti_labels(
            file(),
            labels,
            {.spacing = slice.spacing, .plane = slice.plane, .slice_thickness_mm = thickness_mm});
    }
    [[nodiscard]] std::optional<ErrorCode> error_on(const ImageSlice& slice) const {
        return testing::refusal([&] { read_nifti_labels(file(), slice); });
    }

  private:
    testing::TemporaryFolder folder_;
};

ImageSlice moved(ImageSlice slice, double along_normal_mm) {
    slice.plane.origin_mm = slice.plane.origin_mm + along_normal_mm * normal(slice.plane);
    return slice;
}

TEST_F(NiftiLabels, OfTheSameGridAreTheSame) {
    const ImageSlice slice = some_slice();
    const LabelMap labels = some_labels(slice.intensity.size());
    write(labels, slice);
    EXPECT_EQ(read_nifti_labels(file(), slice), labels);
    EXPECT_EQ(read_nifti_labels(file(), moved(slice, 1.9)), labels);
    EXPECT_EQ(read_nifti_labels(file(), moved(slice, -1.9)), labels);
}

// Columns to the patient's right, rows to the front, feet first: as other programs store it.
TEST_F(NiftiLabels, MayBeStoredAnyWayRound) {
    const ImageSlice slice = some_slice();
    const LabelMap labels = some_labels(slice.intensity.size());
    ImageSlice other = slice;
    other.plane.origin_mm = patient_from_pixel(
        slice.plane, slice.spacing, {.row = labels.rows - 1.0, .col = labels.cols - 1.0});
    other.plane.along_columns = -1 * slice.plane.along_columns;
    other.plane.along_rows = -1 * slice.plane.along_rows;
    LabelMap turned = labels;
    std::reverse(turned.pixels.begin(), turned.pixels.end());
    write(turned, other);
    EXPECT_EQ(read_nifti_labels(file(), slice), labels);
}

TEST_F(NiftiLabels, OfAFinerGridAreReadAtThePixelCenters) {
    const ImageSlice slice = some_slice();
    const LabelMap labels = some_labels(slice.intensity.size());
    ImageSlice fine = slice;
    fine.spacing = {.row_mm = slice.spacing.row_mm / 3, .col_mm = slice.spacing.col_mm / 3};
    fine.plane.origin_mm =
        patient_from_pixel(slice.plane, slice.spacing, {.row = -1.0 / 3, .col = -1.0 / 3});
    LabelMap finer({.rows = 3 * labels.rows, .cols = 3 * labels.cols});
    for (int row = 0; row < finer.rows; ++row) {
        for (int col = 0; col < finer.cols; ++col) {
            finer[{row, col}] = labels[{row / 3, col / 3}];
        }
    }
    write(finer, fine);
    EXPECT_EQ(read_nifti_labels(file(), slice), labels);
}

TEST_F(NiftiLabels, OutsideTheMapAreBackground) {
    const ImageSlice slice = some_slice();
    write(LabelMap({.rows = 10, .cols = 12}, Structure::psoas_left), slice);
    const LabelMap labels = read_nifti_labels(file(), slice);
    EXPECT_EQ(std::ranges::count(labels.pixels, Structure::psoas_left), 120);
    EXPECT_EQ((labels[{9, 11}]), Structure::psoas_left);
}

TEST_F(NiftiLabels, OfAnotherPlaceAreRefused) {
    const ImageSlice slice = some_slice();
    write(some_labels(slice.intensity.size()), slice);
    EXPECT_EQ(error_on(moved(slice, 2.1)), ErrorCode::outline_mismatch);
    EXPECT_EQ(error_on(moved(slice, -2.1)), ErrorCode::outline_mismatch);
    ImageSlice beside = slice;
    beside.plane.origin_mm.x += 500;
    EXPECT_EQ(error_on(beside), ErrorCode::outline_mismatch);
}

TEST_F(NiftiLabels, WithoutAnyLabelOrWithOtherNumbersAreRefused) {
    const ImageSlice slice = some_slice();
    write(LabelMap(slice.intensity.size()), slice);
    EXPECT_EQ(error_on(slice), ErrorCode::outline_mismatch);
    write(LabelMap(slice.intensity.size(), static_cast<Structure>(8)), slice);
    EXPECT_EQ(error_on(slice), ErrorCode::outline_mismatch);
}

TEST_F(NiftiLabels, DamagedAreRefused) {
    write_file(file(), "no NIfTI");
    EXPECT_EQ(error_on(some_slice()), ErrorCode::malformed_file);
}

}  // namespace
}  // namespace paraspinal

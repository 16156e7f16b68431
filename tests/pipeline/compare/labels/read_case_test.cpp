// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/labels/read_case.h"

#include "core/error.h"
#include "io/nifti/write_volume.h"
#include "pipeline/compare/labels/match_cases.h"
#include "tests/support/dicom_phantom.h"
#include "tests/support/png_file.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <functional>
#include <vector>

namespace paraspinal {
namespace {

using testing::DicomPhantom;
using testing::write_png;

constexpr ImageSize kSize{.rows = 64, .cols = 48};  // Of a DicomPhantom.

int one_pixel(PixelIndex at) {
    return at.row == 4 && at.col == 9 ? 1 : 0;
}

ErrorCode refusal(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& error) {
        return error.code();
    }
    return ErrorCode::internal;
}

class ReadCase : public ::testing::Test {
  protected:
    [[nodiscard]] std::filesystem::path path(const char* name) const {
        return folder_.path() / name;
    }
    [[nodiscard]] CaseFiles files(const char* images, const char* mask) const {
        return {.name = "case", .images = path(images), .mask = path(mask)};
    }

  private:
    testing::TemporaryFolder folder_;
};

TEST_F(ReadCase, TakesAPngForARadiologicalDisplay) {
    write_png(path("image.png"), kSize, [](PixelIndex at) { return 300 + at.row; });
    write_png(path("mask.png"), kSize, one_pixel);
    const ReferenceCase read = read_case(files("image.png", "mask.png"), {.pixel_mm = 0.6875});
    ASSERT_EQ(read.slices.size(), 1U);
    const ReferenceSlice& slice = read.slices.front();
    EXPECT_EQ(slice.name, "case");
    EXPECT_EQ(slice.slice.spacing, (PixelSpacing{0.6875, 0.6875}));
    EXPECT_EQ(radiological_display(slice.slice.plane), DisplayOrientation{});
    EXPECT_EQ(slice.slice.intensity[PixelIndex({7, 0})], 307);
    EXPECT_EQ(slice.reference[PixelIndex({4, 9})], Structure::multifidus_right);
}

TEST_F(ReadCase, RefusesAPngWithoutPixelSizeOrWithAnotherKindOfMask) {
    write_png(path("image.png"), kSize, one_pixel);
    write_png(path("large.png"), {.rows = 65, .cols = 48}, one_pixel);
    write_nifti_labels(path("mask.nii.gz"), LabelMap(kSize), {.spacing = {1, 1}, .plane = {}});
    EXPECT_EQ(refusal([&] { read_case(files("image.png", "image.png"), {}); }), ErrorCode::usage);
    EXPECT_EQ(refusal([&] { read_case(files("image.png", "large.png"), {.pixel_mm = 1}); }),
              ErrorCode::outline_mismatch);
    EXPECT_EQ(refusal([&] { read_case(files("image.png", "mask.nii.gz"), {.pixel_mm = 1}); }),
              ErrorCode::outline_mismatch);
}

TEST_F(ReadCase, MatchesTheSlicesOfAStackInThePatient) {
    std::filesystem::create_directory(path("study"));
    const std::vector<DicomPhantom> stack = testing::stack_of(DicomPhantom{}, 4, 5.0);
    testing::write_all(path("study"), stack);
    LabelMap labels(kSize);
    labels[{4, 9}] = Structure::psoas_right;
    write_nifti_labels(
        path("study/mask.nii.gz"), labels, {.spacing = stack[2].spacing, .plane = stack[2].plane});
    const ReferenceCase read = read_case(files("study", "study/mask.nii.gz"), {});
    ASSERT_EQ(read.slices.size(), 1U) << "the mask itself is no image";
    EXPECT_EQ(read.without_reference, 3);
    EXPECT_EQ(read.slices[0].name, "case#3");
    EXPECT_EQ(read.slices[0].slice.plane.origin_mm.z, stack[2].plane.origin_mm.z);
    EXPECT_EQ(read.slices[0].reference, labels);
}

TEST_F(ReadCase, LaysAPngOnTheOnlyImageOfItsSize) {
    std::filesystem::create_directory(path("study"));
    testing::write_all(path("study"), {DicomPhantom{}});
    write_png(path("mask.png"), kSize, [](PixelIndex at) { return one_pixel(at) * 9; });
    const ReadCaseOptions options{.labels = {{9, Structure::vertebral_body}}};
    EXPECT_EQ(read_case(files("study", "mask.png"), options).slices.size(), 1U);
    const ReferenceCase unnamed = read_case(files("study", "mask.png"), {});
    EXPECT_TRUE(unnamed.slices.empty());
    EXPECT_EQ(unnamed.without_reference, 1);
    EXPECT_EQ(unnamed.unnamed_values, std::set<int>{9});

    testing::write_all(path("study"), testing::stack_of(DicomPhantom{}, 2, 4.0));
    EXPECT_EQ(refusal([&] { read_case(files("study", "mask.png"), options); }),
              ErrorCode::outline_mismatch);
}

TEST_F(ReadCase, UsesThePixelSizeThatIsGivenOnlyWhereNoneIsStated) {
    std::filesystem::create_directory(path("study"));
    DicomPhantom phantom;
    write_png(path("mask.png"), kSize, one_pixel);
    testing::write_all(path("study"), {phantom});
    EXPECT_EQ(read_case(files("study", "mask.png"), {.pixel_mm = 2}).slices.at(0).slice.spacing,
              phantom.spacing);
    phantom.changes.push_back({.group = 0x0028, .element = 0x0030, .value = std::nullopt});
    testing::write_all(path("study"), {phantom});
    EXPECT_EQ(read_case(files("study", "mask.png"), {.pixel_mm = 2}).slices.at(0).slice.spacing,
              (PixelSpacing{2, 2}));
    EXPECT_EQ(refusal([&] { read_case(files("study", "mask.png"), {}); }),
              ErrorCode::missing_pixel_spacing);
}

}  // namespace
}  // namespace paraspinal

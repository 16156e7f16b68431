// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "io/find_studies.h"
#include "io/read_slice.h"
#include "pipeline/study/series/classify_series.h"
#include "pipeline/study/series/split_stacks.h"
#include "tests/support/shared_data.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace paraspinal {
namespace {

using testing::source_folder;

constexpr const char* kWoman = "patient_a";
constexpr const char* kMan = "patient_b";

// Why a file is not measured, as `inspect` would find it: by its kind, its header, its pixels.
std::string reason_of(const std::string& name) {
    const std::filesystem::path file = source_folder() / "tests/broken_dicom" / name;
    // Beside good images, so that the search succeeds and lists the other.
    const StudyIndex index = find_studies({file, source_folder() / "sample_dicom" / kMan});
    for (const SkippedFile& skipped : index.skipped) {
        if (skipped.file.filename() == name) {
            return std::string(error_name(skipped.code));
        }
    }
    for (const Study& study : index.studies) {
        if (study.patient.id != "sample-broken") {
            continue;
        }
        const Series& series = study.series.at(0);
        const Classification found = classify(series, split_stacks(series).at(0));
        if (found.kind == SeriesKind::other) {
            return std::string(error_name(found.code));
        }
        try {
            read_slice(series.slices.at(0));
        } catch (const Error& error) {
            return std::string(error_name(error.code()));
        }
    }
    return "";
}

// The table of tests/broken_dicom/README.md, except that a constant image is refused by outlining.
TEST(BrokenDicom, HasTheReasonThatItsReadmeStates) {
    const std::map<std::string, std::string> expected{
        {"text.dcm", "not_an_image"},
        {"empty.dcm", "not_an_image"},
        {"truncated_header.dcm", "malformed_file"},
        {"truncated_pixels.dcm", "truncated_pixel_data"},
        {"huge_header.dcm", "image_too_large"},
        {"one_pixel.dcm", "image_too_small"},
        {"constant.dcm", ""},
        {"missing_pixel_spacing.dcm", "missing_pixel_spacing"},
        {"zero_pixel_spacing.dcm", "missing_pixel_spacing"},
        {"nan_pixel_spacing.dcm", "missing_pixel_spacing"},
        {"missing_orientation.dcm", "missing_geometry"},
        {"missing_study_uid.dcm", ""},
        {"rt_structure_set.dcm", "not_an_image"},
        {"secondary_capture.dcm", "not_an_image"},
        {"ct.dcm", "not_an_image"},
        {"mosaic.dcm", "unsupported_encoding"},
        {"color.dcm", "unsupported_encoding"},
        {"stir.dcm", "fat_suppressed"},
        {"t1.dcm", "not_t2_weighted"},
        {"monochrome1.dcm", ""},
        {"duplicate_first.dcm", ""},
        {"duplicate_second.dcm", ""},
    };
    for (const auto& [name, reason] : expected) {
        EXPECT_EQ(reason_of(name), reason) << name;
    }
}

TEST(BrokenDicom, TakesOtherPixelsUnderOneInstanceUidForAnotherImage) {
    const std::filesystem::path folder = source_folder() / "tests/broken_dicom";
    const StudyIndex index =
        find_studies({folder / "duplicate_second.dcm", folder / "duplicate_first.dcm"});
    EXPECT_EQ(index.duplicate_instances, 0);
    const std::vector<SliceHeader>& slices = index.studies.at(0).series.at(0).slices;
    ASSERT_EQ(slices.size(), 2U);
    EXPECT_EQ(slices[0].file.filename(), "duplicate_first.dcm");
    EXPECT_EQ(slices[1].file.filename(), "duplicate_second.dcm");
}

TEST(BrokenDicom, TurnsMonochrome1SoThatTheDiscIsBright) {
    const StudyIndex index = find_studies({source_folder() / "tests/broken_dicom/monochrome1.dcm"});
    const ImageSlice slice = read_slice(index.studies.at(0).series.at(0).slices.at(0));
    const float center = slice.intensity[{.row = 16, .col = 16}];
    const float corner = slice.intensity[{.row = 0, .col = 0}];
    EXPECT_GT(center, corner);
}

std::map<SeriesKind, std::size_t> slices_by_kind(const std::filesystem::path& folder) {
    const StudyIndex index = find_studies({source_folder() / "sample_dicom" / folder});
    EXPECT_EQ(index.studies.size(), 1U);
    EXPECT_TRUE(index.skipped.empty());
    std::map<SeriesKind, std::size_t> found;
    for (const Series& series : index.studies.at(0).series) {
        const std::vector<Stack> stacks = split_stacks(series);
        EXPECT_EQ(stacks.size(), 1U);
        found[classify(series, stacks.at(0)).kind] += series.slices.size();
    }
    return found;
}

TEST(SampleDicom, HoldsTheSeriesThatItsReadmeStates) {
    using Counts = std::map<SeriesKind, std::size_t>;
    EXPECT_EQ(
        slices_by_kind(kWoman),
        (Counts{{SeriesKind::axial_t2, 5}, {SeriesKind::sagittal_t2, 11}, {SeriesKind::other, 1}}));
    EXPECT_EQ(slices_by_kind(kMan),
              (Counts{{SeriesKind::axial_t2, 1}, {SeriesKind::sagittal_t2, 9}}));
}

}  // namespace
}  // namespace paraspinal

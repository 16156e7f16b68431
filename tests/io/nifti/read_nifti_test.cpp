// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "io/find_studies.h"
#include "io/nifti/write_volume.h"
#include "io/output_file.h"
#include "io/read_slice.h"
#include "tests/io/nifti/nifti_files.h"
#include "tests/support/dicom_phantom.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <random>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;
using testing::content_of;
using testing::only_slice;
using testing::some_labels;
using testing::unzipped;

// A volume made by hand of a written slice: header fields and voxels are changed in place.
class NiftiVolumeFile : public ::testing::Test {
  protected:
    void SetUp() override {
        write_nifti_labels(path("x.nii.gz"),
                           some_labels(),
                           {.spacing = {.row_mm = 1, .col_mm = 1},
                            .plane = testing::tilted_axial_plane(30, {1, 2, 3}),
                            .slice_thickness_mm = 5});
        content_ = unzipped(path("x.nii.gz"));
    }
    [[nodiscard]] fs::path path(const std::string& name) const { return folder_.path() / name; }
    template <class Value>
    void put(std::size_t offset, Value value) {
        std::memcpy(&content_.at(offset), &value, sizeof(value));
    }
    std::string& content() { return content_; }
    // Codes of what is wrong with the file as it is now.
    std::string refusal() {
        write_file(path("volume.nii"), content_);
        testing::write_dicom(path("good"), {});
        const StudyIndex index = find_studies({path("volume.nii"), path("good")});
        return index.skipped.empty() ? "" : std::string(error_name(index.skipped[0].code));
    }

  private:
    testing::TemporaryFolder folder_;
    std::string content_;
};

TEST_F(NiftiVolumeFile, MayLieInTwoFiles) {
    write_file(path("whole.nii"), content());
    const SliceHeader whole = only_slice(path("whole.nii"));
    const std::string voxels = content().substr(352);
    put<float>(108, 0);  // vox_offset
    content()[345] = 'i';
    write_file(path("pair.hdr"), content().substr(0, 348));
    write_file(path("pair.img"), voxels);
    const StudyIndex index = find_studies({path("pair.hdr")});
    ASSERT_EQ(index.studies.size(), 1U);
    const SliceHeader& slice = index.studies[0].series.at(0).slices.at(0);
    EXPECT_EQ(read_slice(slice).intensity, read_slice(whole).intensity);
    EXPECT_EQ(slice.plane, whole.plane);
    put<std::int32_t>(344, 0);  // Analyze has no magic word.
    write_file(path("old.hdr"), content().substr(0, 348));
    write_file(path("old.img"), voxels);
    const StudyIndex analyze = find_studies({path("old.hdr"), path("pair.hdr")});
    ASSERT_EQ(analyze.skipped.size(), 1U);
    EXPECT_EQ(analyze.skipped[0].code, ErrorCode::unsupported_encoding);
}

TEST_F(NiftiVolumeFile, IsAStudyOfOneSliceAPlane) {
    const std::string voxels = content().substr(352);
    content() += voxels + voxels;
    put<std::int16_t>(46, 3);
    content().at(352 + 2 * voxels.size()) = 77;
    write_file(path("volume.nii"), content());
    const StudyIndex index = find_studies({path("volume.nii")});
    ASSERT_EQ(index.studies.size(), 1U);
    EXPECT_TRUE(index.studies[0].study_uid.starts_with("nifti."));
    EXPECT_EQ(index.studies[0].series.at(0).description, "volume");
    const std::vector<SliceHeader>& slices = index.studies[0].series[0].slices;
    ASSERT_EQ(slices.size(), 3U);
    for (int k = 0; k < 3; ++k) {
        const ImagePlane plane = testing::tilted_axial_plane(30, {1, 2, 3});
        const Vec3 expected = plane.origin_mm + (5.0 * k) * normal(plane);
        EXPECT_LT(length(slices.at(static_cast<std::size_t>(k)).plane->origin_mm - expected), 1e-4);
    }
    EXPECT_EQ(read_slice(slices[2]).intensity.pixels.front(), 77);
    EXPECT_EQ(read_slice(slices[1]).intensity.pixels.front(), 0);
    EXPECT_TRUE(slice_uid(slices[2]).ends_with("#3"));
}

TEST_F(NiftiVolumeFile, IsNamedByItsNameOrByItsPathWhereNamesRepeat) {
    fs::create_directories(path("a"));
    fs::create_directories(path("b"));
    write_file(path("a") / "x.nii", content());
    const std::string alone = find_studies({path("a")}).studies.at(0).study_uid;
    write_file(path("b") / "y.nii", content());
    EXPECT_EQ(find_studies({path("a"), path("b")}).studies.size(), 2U);
    write_file(path("b") / "x.nii", content());
    EXPECT_EQ(find_studies({path("a"), path("b")}).studies.size(), 3U);
    EXPECT_EQ(find_studies({path("a")}).studies.at(0).study_uid, alone);
}

TEST_F(NiftiVolumeFile, IsScaled) {
    put(112, 2.0F);
    put(116, -3.0F);
    write_file(path("volume.nii"), content());
    EXPECT_EQ(read_slice(only_slice(path("volume.nii"))).intensity.pixels.back(), 2 * 7 - 3);
}

TEST_F(NiftiVolumeFile, LosesItsNotNumbers) {
    std::vector<float> voxels(40 * 50, 5.0F);
    voxels[0] = std::nanf("");
    voxels[1] = -INFINITY;
    content().resize(352 + voxels.size() * sizeof(float));
    std::memcpy(&content()[352], voxels.data(), voxels.size() * sizeof(float));
    put<std::int16_t>(70, 16);
    put<std::int16_t>(72, 32);
    write_file(path("volume.nii"), content());
    const Image<float> image = read_slice(only_slice(path("volume.nii"))).intensity;
    EXPECT_TRUE(std::isfinite(image.pixels[0]));
    EXPECT_TRUE(std::isfinite(image.pixels[1]));
    EXPECT_EQ(image.pixels[2], 5);
}

TEST_F(NiftiVolumeFile, HasNoPlaceWithoutOrientation) {
    put<std::int16_t>(252, 0);
    put<std::int16_t>(254, 0);
    write_file(path("volume.nii"), content());
    EXPECT_FALSE(only_slice(path("volume.nii")).plane);
}

// Offsets of NIfTI-1: qform_code 252, sform_code 254, srow_x to srow_z 280 to 324, xyzt_units 123.
TEST_F(NiftiVolumeFile, HasNoPlaceWhereItsFormsContradictEachOtherAboutSides) {
    for (const std::size_t first : {280U, 296U, 312U}) {  // The first column mirrored.
        float value = 0;
        std::memcpy(&value, &content().at(first), sizeof(value));
        put(first, -value);
    }
    write_file(path("volume.nii"), content());
    const SliceHeader mirrored = only_slice(path("volume.nii"));
    EXPECT_FALSE(mirrored.plane);
    EXPECT_NE(mirrored.geometry_fault.find("different sides"), std::string::npos);
    put<std::int16_t>(252, 0);
    write_file(path("volume.nii"), content());
    EXPECT_TRUE(only_slice(path("volume.nii")).plane) << "the sform alone contradicts nothing";
}

TEST_F(NiftiVolumeFile, MayHaveAxesSlightlyOff) {
    const ImagePlane exact = testing::tilted_axial_plane(30, {1, 2, 3});
    const auto with_skew = [&](float skew) {
        for (const std::size_t row : {280U, 296U, 312U}) {  // Some of the second axis in the first.
            float along_columns = 0;
            float along_rows = 0;
            std::memcpy(&along_columns, &content().at(row), sizeof(float));
            std::memcpy(&along_rows, &content().at(row + 4), sizeof(float));
            put(row, along_columns + skew * along_rows);
        }
        write_file(path("volume.nii"), content());
        return only_slice(path("volume.nii"));
    };
    const SliceHeader slightly = with_skew(0.003F);
    ASSERT_TRUE(slightly.plane);
    EXPECT_NEAR(dot(slightly.plane->along_columns, slightly.plane->along_rows), 0, 1e-9);
    EXPECT_NEAR(length(slightly.plane->along_rows - exact.along_rows), 0, 0.003);
    const SliceHeader sheared = with_skew(0.1F);
    EXPECT_FALSE(sheared.plane);
    EXPECT_NE(sheared.geometry_fault.find("right angles"), std::string::npos);
}

TEST_F(NiftiVolumeFile, HasNoPixelSizeInUnitsThatItDoesNotMean) {
    content().at(123) = 3;  // Micrometers.
    write_file(path("volume.nii"), content());
    const SliceHeader slice = only_slice(path("volume.nii"));
    EXPECT_FALSE(slice.spacing);
    EXPECT_NE(slice.geometry_fault.find("xyzt_units"), std::string::npos);
}

TEST_F(NiftiVolumeFile, IsSkippedWhenItIsASeriesInTime) {
    const std::string voxels = content().substr(352);
    content() += voxels;
    put<std::int16_t>(40, 4);
    put<std::int16_t>(48, 2);
    EXPECT_EQ(refusal(), "unsupported_encoding");
}

TEST_F(NiftiVolumeFile, IsSkippedWhenItsHeaderIsCutShort) {
    content().resize(200);
    EXPECT_EQ(refusal(), "malformed_file");
}

TEST_F(NiftiVolumeFile, IsRefusedWhenItsVoxelsAreCutShort) {
    write_file(path("plain.nii"), content().substr(0, content().size() - 1));
    const std::string packed = content_of(path("x.nii.gz"));
    write_file(path("packed.nii.gz"), packed.substr(0, packed.size() - 12));
    for (const char* const name : {"plain.nii", "packed.nii.gz"}) {
        try {
            read_slice(only_slice(path(name)));
            ADD_FAILURE() << "no error for " << name;
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), ErrorCode::truncated_pixel_data);
        }
    }
}

TEST_F(NiftiVolumeFile, SurvivesAnyDamageToItsHeader) {
    const std::string sound = content();
    for (unsigned int seed = 0; seed < 300; ++seed) {
        std::mt19937 random(seed);
        content() = sound;
        for (int change = 0; change < 3; ++change) {
            content().at(random() % 352) = static_cast<char>(random());
        }
        write_file(path("volume.nii"), content());
        try {
            const StudyIndex index = find_studies({path("volume.nii")});
            if (!index.studies.at(0).series.empty()) {
                read_slice(index.studies[0].series[0].slices.at(0));
            }
        } catch (const Error& error) {
            EXPECT_NE(error.code(), ErrorCode::internal) << "seed " << seed;
        }
    }
}

}  // namespace
}  // namespace paraspinal

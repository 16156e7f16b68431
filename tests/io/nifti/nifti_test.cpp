// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "io/find_studies.h"
#include "io/nifti/write_volume.h"
#include "io/output_file.h"
#include "io/read_slice.h"
#include "tests/support/dicom_phantom.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>
#include <zlib.h>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::string unzipped(const fs::path& file) {
    std::string content(1 << 20, '\0');
    gzFile stream = gzopen(file.c_str(), "rb");
    content.resize(static_cast<std::size_t>(
        gzread(stream, content.data(), static_cast<unsigned int>(content.size()))));
    gzclose(stream);
    return content;
}

Vec3 random_direction(std::mt19937& random) {
    std::normal_distribution<double> component;
    return normalized({component(random), component(random), component(random)});
}

NiftiGeometry random_geometry(std::mt19937& random) {
    const Vec3 along_columns = random_direction(random);
    const Vec3 along_rows = normalized(cross(random_direction(random), along_columns));
    return {.spacing = {.row_mm = 0.7, .col_mm = 0.55},
            .plane = {.origin_mm = 100 * random_direction(random),
                      .along_columns = along_columns,
                      .along_rows = along_rows},
            .slice_thickness_mm = 4};
}

LabelMap some_labels() {
    LabelMap labels({.rows = 40, .cols = 50});
    labels[{.row = 3, .col = 7}] = Structure::multifidus_left;
    labels[{.row = 39, .col = 49}] = Structure::psoas_left;
    return labels;
}

SliceHeader only_slice(const fs::path& file) {
    const StudyIndex index = find_studies({file});
    EXPECT_EQ(index.studies.at(0).series.at(0).slices.size(), 1U);
    return index.studies.at(0).series.at(0).slices.at(0);
}

void expect_same_plane(const ImagePlane& actual, const ImagePlane& expected) {
    EXPECT_LT(length(actual.origin_mm - expected.origin_mm), 1e-3);
    EXPECT_LT(length(actual.along_columns - expected.along_columns), 1e-5);
    EXPECT_LT(length(actual.along_rows - expected.along_rows), 1e-5);
}

TEST(NiftiWrite, KeepsValuesAndGeometryInAnyDirection) {
    const testing::TemporaryFolder folder;
    const fs::path file = folder.path() / "labels.nii.gz";
    for (unsigned int seed = 0; seed < 50; ++seed) {
        std::mt19937 random(seed);
        const NiftiGeometry geometry = random_geometry(random);
        write_nifti_labels(file, some_labels(), geometry);
        const ImageSlice read = read_slice(only_slice(file));
        SCOPED_TRACE(seed);
        expect_same_plane(read.plane, geometry.plane);
        EXPECT_NEAR(read.spacing.row_mm, 0.7, 1e-6);
        EXPECT_NEAR(read.spacing.col_mm, 0.55, 1e-6);
        EXPECT_EQ((read.intensity[{.row = 3, .col = 7}]), 2);
        EXPECT_EQ((read.intensity[{.row = 39, .col = 49}]), 7);
        EXPECT_EQ((read.intensity[{.row = 7, .col = 3}]), 0);
    }
}

// Some programs read the quaternion, others the matrix: both must say the same.
TEST(NiftiWrite, SaysTheSameByQuaternionAlone) {
    const testing::TemporaryFolder folder;
    std::vector<NiftiGeometry> geometries;
    for (unsigned int seed = 0; seed < 50; ++seed) {
        std::mt19937 random(seed);
        geometries.push_back(random_geometry(random));
    }
    for (const ImagePlane& plane :
         {ImagePlane{},
          testing::sagittal_plane(),
          testing::tilted_axial_plane(20),
          ImagePlane{.along_columns = {-1, 0, 0}, .along_rows = {0, 1, 0}},
          ImagePlane{.along_columns = {0, 1, 0}, .along_rows = {1, 0, 0}}}) {
        geometries.push_back({.spacing = {.row_mm = 1, .col_mm = 1}, .plane = plane});
    }
    for (const NiftiGeometry& geometry : geometries) {
        write_nifti_labels(folder.path() / "labels.nii.gz", some_labels(), geometry);
        std::string content = unzipped(folder.path() / "labels.nii.gz");
        std::memset(&content.at(254), 0, 2);
        write_file(folder.path() / "quaternion.nii", content);
        expect_same_plane(read_slice(only_slice(folder.path() / "quaternion.nii")).plane,
                          geometry.plane);
    }
}

TEST(NiftiWrite, GivesTheSameBytesEachTime) {
    const testing::TemporaryFolder folder;
    std::mt19937 random(1);
    const NiftiGeometry geometry = random_geometry(random);
    write_nifti_labels(folder.path() / "a.nii.gz", some_labels(), geometry);
    write_nifti_labels(folder.path() / "b.nii.gz", some_labels(), geometry);
    const std::string content = content_of(folder.path() / "a.nii.gz");
    EXPECT_EQ(content, content_of(folder.path() / "b.nii.gz"));
    // Bytes 3 to 7 of gzip: no optional fields, no time (RFC 1952).
    EXPECT_EQ(content.substr(3, 5), std::string(5, '\0'));
}

TEST(NiftiWrite, WritesMasks) {
    const testing::TemporaryFolder folder;
    Mask mask({.rows = 33, .cols = 32});
    mask[{.row = 32, .col = 0}] = 1;
    write_nifti_mask(
        folder.path() / "fat.nii.gz", mask, {.spacing = {.row_mm = 1, .col_mm = 1}, .plane = {}});
    const Image<float> read = read_slice(only_slice(folder.path() / "fat.nii.gz")).intensity;
    EXPECT_EQ((read[{.row = 32, .col = 0}]), 1);
    EXPECT_EQ((read[{.row = 0, .col = 32 - 1}]), 0);
}

TEST(NiftiWrite, KeepsEveryValueOfAnImage) {
    const testing::TemporaryFolder folder;
    const fs::path file = folder.path() / "image.nii.gz";
    Image<float> image({.rows = 33, .cols = 40});
    image[{.row = 2, .col = 3}] = -32768;
    image[{.row = 32, .col = 39}] = 32767;
    const NiftiGeometry geometry{.spacing = {.row_mm = 1, .col_mm = 1}, .plane = {}};
    for (const float value : {1000.0F, 32768.0F, 0.1F, 1e30F}) {
        image[{.row = 5, .col = 5}] = value;
        write_nifti_image(file, image, geometry);
        EXPECT_EQ(read_slice(only_slice(file)).intensity, image) << value;
        const bool is_short = value == 1000.0F;
        EXPECT_EQ(unzipped(file).size(), 352U + 33U * 40U * (is_short ? 2U : 4U)) << value;
    }
}

TEST(NiftiWrite, WhatARunWroteIsNoStudy) {
    const testing::TemporaryFolder folder;
    const NiftiGeometry geometry{.spacing = {.row_mm = 1, .col_mm = 1}, .plane = {}};
    const LabelMap labels = some_labels();
    write_nifti_image(folder.path() / "image.nii.gz", Image<float>(labels.size(), 1), geometry);
    write_nifti_labels(folder.path() / "labels.nii.gz", labels, geometry);
    EXPECT_EQ(find_studies({folder.path()}).studies.size(), 2U) << "others use these names, too";
    write_nifti_mask(folder.path() / "fat.nii.gz", Mask(labels.size()), geometry);
    try {
        find_studies({folder.path()});
        FAIL() << "no error";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::no_images_found);
        EXPECT_NE(error.message().find("3 this is the result of a run"), std::string::npos);
    }
}

TEST(NiftiWrite, ALabelMapOfABidsExportIsNoStudy) {
    const testing::TemporaryFolder folder;
    write_nifti_labels(folder.path() / "sub-1_ses-2_seg-paraspinal_dseg.nii.gz",
                       some_labels(),
                       {.spacing = {.row_mm = 1, .col_mm = 1}, .plane = {}});
    EXPECT_THROW(find_studies({folder.path()}), Error);
    write_nifti_labels(folder.path() / "sub-1_ses-2_T2w.nii.gz",
                       some_labels(),
                       {.spacing = {.row_mm = 1, .col_mm = 1}, .plane = {}});
    const StudyIndex index = find_studies({folder.path()});
    ASSERT_EQ(index.skipped.size(), 1U);
    EXPECT_EQ(index.skipped.front().code, ErrorCode::not_an_image);
}

TEST(NiftiWrite, RefusesAFolderThatIsMissing) {
    const testing::TemporaryFolder folder;
    try {
        write_nifti_labels(folder.path() / "none" / "a.nii.gz",
                           some_labels(),
                           {.spacing = {.row_mm = 1, .col_mm = 1}, .plane = {}});
        FAIL() << "no error";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::output_not_writable);
    }
}

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
            read_slice(index.studies.at(0).series.at(0).slices.at(0));
        } catch (const Error& error) {
            EXPECT_NE(error.code(), ErrorCode::internal) << "seed " << seed;
        }
    }
}

}  // namespace
}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "io/find_studies.h"
#include "io/nifti/volume.h"
#include "io/nifti/write_volume.h"
#include "io/output_file.h"
#include "io/read_slice.h"
#include "tests/io/nifti/nifti_files.h"
#include "tests/support/dicom_phantom.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <fstream>
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
        EXPECT_EQ(read_nifti_plane(file, 0), image) << value;
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

}  // namespace
}  // namespace paraspinal

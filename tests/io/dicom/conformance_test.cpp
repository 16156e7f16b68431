// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "io/find_studies.h"
#include "io/read_slice.h"
#include "tests/support/reference_volume.h"
#include "tests/support/shared_data.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

// Real files of many vendors and encodings, see shared_data.h. Each test names its set.
namespace paraspinal {
namespace {

namespace fs = std::filesystem;
using testing::shared_data;

const fs::path kConformance = "dicom_conformance";
const fs::path kPydicom = kConformance / "pydicom-pydicom" / "test_files";
const fs::path kSyntaxes = kConformance / "neurolabusc-dcm_qa_ts";
const fs::path kEnhanced = kConformance / "neurolabusc-dcm_qa_enh";

// For files that find_studies rightly skips (mosaics, other modalities): the plain pixels.
ImageSlice read_pixels(const fs::path& file, ImageSize size) {
    SliceHeader slice;
    slice.file = file;
    slice.size = size;
    slice.spacing = PixelSpacing{.row_mm = 1, .col_mm = 1};
    slice.plane = ImagePlane{};
    return read_slice(slice);
}

TEST(Conformance, TheSameImageInEverySyntaxOfPydicomDecodesAlike) {
    PARASPINAL_REQUIRE_SHARED_DATA(kPydicom);
    const fs::path folder = shared_data() / kPydicom;
    const ImageSize size{.rows = 64, .cols = 64};
    const Image<float> plain = read_pixels(folder / "MR_small.dcm", size).intensity;
    for (const char* const name : {"MR_small_RLE.dcm",
                                   "MR_small_bigendian.dcm",
                                   "MR_small_expb.dcm",
                                   "MR_small_implicit.dcm",
                                   "MR_small_jp2klossless.dcm",
                                   "MR_small_jpeg_ls_lossless.dcm",
                                   "MR_small_padded.dcm"}) {
        const StudyIndex index = find_studies({folder / name});
        EXPECT_EQ(read_slice(index.studies.at(0).series.at(0).slices.at(0)).intensity, plain)
            << name;
    }
}

// A mosaic of 6 x 6 tiles of 64 x 64 pixels, 35 of them used; dcm2niix turns rows upside down.
TEST(Conformance, EverySyntaxOfTheTransferSyntaxSetEqualsItsReferenceNifti) {
    PARASPINAL_REQUIRE_SHARED_DATA(kSyntaxes);
    constexpr int kTile = 64;
    constexpr int kTilesPerRow = 6;
    const fs::path folder = shared_data() / kSyntaxes;
    for (int number = 1; number <= 9; ++number) {
        SCOPED_TRACE(number);
        const std::string name = std::to_string(number);
        const Image<float> mosaic =
            read_pixels(folder / "In" / (name + ".dcm"), {.rows = 384, .cols = 384}).intensity;
        const StudyIndex index = find_studies({folder / "Ref" / (name + ".nii")});
        const std::vector<SliceHeader>& reference = index.studies.at(0).series.at(0).slices;
        ASSERT_EQ(reference.size(), 35U);
        int different = 0;
        for (const SliceHeader& slice : reference) {
            const Image<float> tile = read_slice(slice).intensity;
            const int top = slice.frame / kTilesPerRow * kTile;
            const int left = slice.frame % kTilesPerRow * kTile;
            for (int row = 0; row < kTile; ++row) {
                for (int col = 0; col < kTile; ++col) {
                    different += mosaic[{.row = top + kTile - 1 - row, .col = left + col}] !=
                                 tile[{.row = row, .col = col}];
                }
            }
        }
        EXPECT_EQ(different, 0);
    }
}

TEST(Conformance, MosaicsAreSkippedWithTheirReason) {
    PARASPINAL_REQUIRE_SHARED_DATA(kSyntaxes);
    for (const Study& study : find_studies({shared_data() / kSyntaxes / "In"}).studies) {
        EXPECT_TRUE(study.series.empty());
    }
    const StudyIndex index = find_studies({shared_data() / kSyntaxes});
    const auto mosaics = std::ranges::count_if(index.skipped, [](const SkippedFile& file) {
        return file.reason.find("mosaic") != std::string::npos;
    });
    EXPECT_EQ(mosaics, 9);
}

TEST(Conformance, SiemensEnhancedEqualsItsReferenceNifti) {
    PARASPINAL_REQUIRE_SHARED_DATA(kEnhanced);
    const fs::path folder = shared_data() / kEnhanced;
    const StudyIndex index = find_studies({folder / "In" / "Siemens" / "XA10" / "6_1.dcm"});
    // The reference holds all points in time; the first is that of 6_1.dcm.
    const testing::ReferenceVolume reference =
        testing::first_volume(folder / "Ref" / "Siemens_REST1_w_SMS_PF7-8_6.nii");
    ASSERT_EQ(index.studies.at(0).series.at(0).slices.size(), 6U);
    for (const SliceHeader& slice : index.studies[0].series[0].slices) {
        testing::expect_same_image(read_slice(slice), reference, {.slope = 1, .intercept = 0});
    }
}

// Dcm2niix gives Philips' "precise" values, which differ from the modality values by a factor.
TEST(Conformance, PhilipsEnhancedEqualsItsReferenceNifti) {
    PARASPINAL_REQUIRE_SHARED_DATA(kEnhanced);
    const fs::path folder = shared_data() / kEnhanced;
    const StudyIndex index = find_studies({folder / "In" / "Philips" / "IM_0027_fMAP.dcm"});
    const testing::ReferenceVolume reference =
        testing::first_volume(folder / "Ref" / "Philips_WIP_B0_NS_801_e1.nii");
    int compared = 0;
    for (const SliceHeader& slice : index.studies.at(0).series.at(0).slices) {
        if (slice.acquisition.image_type.back() == "M") {
            const ImageSlice read = read_slice(slice);
            testing::expect_same_image(read, reference, testing::scale_to(reference, read));
            ++compared;
        }
    }
    EXPECT_EQ(compared, 32);
}

TEST(Conformance, LossyFilesOfOneImageAgree) {
    PARASPINAL_REQUIRE_SHARED_DATA(kPydicom);
    const fs::path folder = shared_data() / kPydicom;
    const ImageSize size{.rows = 1024, .cols = 256};
    const Image<float> jpeg = read_pixels(folder / "JPGExtended.dcm", size).intensity;
    const Image<float> jpeg_2000 = read_pixels(folder / "JPEG2000.dcm", size).intensity;
    // Both are compressed until details are lost; images that are not the same have about 0.
    EXPECT_GT(testing::correlation(jpeg, jpeg_2000), 0.9);
}

TEST(Conformance, TruncatedFilesAreRefused) {
    PARASPINAL_REQUIRE_SHARED_DATA(kPydicom);
    const StudyIndex index = find_studies({shared_data() / kPydicom / "MR_truncated.dcm"});
    try {
        read_slice(index.studies.at(0).series.at(0).slices.at(0));
        FAIL() << "no error";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::truncated_pixel_data);
    }
}

// Nothing is lost and nothing crashes: each file is a slice that reads or names why not.
TEST(Conformance, EveryFileReadsOrNamesItsReason) {
    PARASPINAL_REQUIRE_SHARED_DATA(kConformance);
    const StudyIndex index = find_studies({shared_data() / kConformance});
    std::set<fs::path> accounted;
    int read = 0;
    for (const Study& study : index.studies) {
        for (const Series& series : study.series) {
            for (const SliceHeader& slice : series.slices) {
                accounted.insert(slice.file);
                try {
                    read_slice(slice);
                    ++read;
                } catch (const Error& error) {
                    EXPECT_NE(error.code(), ErrorCode::internal) << error.what();
                    EXPECT_FALSE(error.message().empty());
                }
            }
        }
    }
    for (const SkippedFile& skipped : index.skipped) {
        EXPECT_FALSE(skipped.reason.empty());
        EXPECT_NE(skipped.code, ErrorCode::internal);
        if (skipped.code != ErrorCode::input_not_found) {
            accounted.insert(skipped.file);
        }
    }
    std::int64_t files = 0;
    for (const fs::directory_entry& entry :
         fs::recursive_directory_iterator(shared_data() / kConformance)) {
        files += entry.is_regular_file();
    }
    EXPECT_EQ(static_cast<std::int64_t>(accounted.size()) + index.duplicate_instances, files);
    EXPECT_GT(read, 500);
    RecordProperty("files", std::to_string(files));
    RecordProperty("slices_read", std::to_string(read));
}

// The same for files whose pixels no MR reader has to understand.
TEST(Conformance, PixelsOfOtherModalitiesReadOrNameTheirReason) {
    PARASPINAL_REQUIRE_SHARED_DATA(kPydicom);
    for (const fs::directory_entry& entry : fs::directory_iterator(shared_data() / kPydicom)) {
        for (const ImageSize size : {ImageSize{.rows = 512, .cols = 512},
                                     ImageSize{.rows = 100, .cols = 100},
                                     ImageSize{.rows = 256, .cols = 256}}) {
            try {
                read_pixels(entry.path(), size);
            } catch (const Error& error) {
                EXPECT_NE(error.code(), ErrorCode::internal) << error.what();
            }
        }
    }
}

}  // namespace
}  // namespace paraspinal

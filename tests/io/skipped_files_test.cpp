// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "io/find_studies.h"
#include "io/read_slice.h"
#include "tests/support/dicom_phantom.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <fstream>
#include <random>
#include <string>
#include <unistd.h>
#include <vector>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;
using testing::DicomElement;
using testing::DicomPhantom;
using testing::write_dicom;

struct SkipCase {
    std::string name;
    std::vector<DicomElement> changes;
    ErrorCode code;
    std::string reason;  ///< Part of it.
};

class SkippedDicom : public ::testing::TestWithParam<SkipCase> {};

// Beside a good image, so that the search succeeds and lists the other.
TEST_P(SkippedDicom, IsListedWithItsReason) {
    const testing::TemporaryFolder folder;
    write_dicom(folder.path() / "good", {});
    DicomPhantom phantom;
    phantom.instance_number = 2;
    phantom.changes = GetParam().changes;
    write_dicom(folder.path() / "other", phantom);
    const StudyIndex index = find_studies({folder.path()});
    ASSERT_EQ(index.skipped.size(), 1U);
    const SkippedFile& skipped = index.skipped[0];
    EXPECT_EQ(skipped.file, folder.path() / "other");
    EXPECT_EQ(error_name(skipped.code), error_name(GetParam().code));
    EXPECT_NE(skipped.reason.find(GetParam().reason), std::string::npos) << skipped.reason;
    EXPECT_EQ(skipped.reason.find("PAULA"), std::string::npos) << skipped.reason;
}

INSTANTIATE_TEST_SUITE_P(
    Kinds,
    SkippedDicom,
    ::testing::Values(
        SkipCase{"SecondaryCapture",
                 {{0x0008, 0x0016, "1.2.840.10008.5.1.4.1.1.7"}},
                 ErrorCode::not_an_image,
                 "secondary capture"},
        SkipCase{"MultiFrameSecondaryCapture",
                 {{0x0008, 0x0016, "1.2.840.10008.5.1.4.1.1.7.2"}},
                 ErrorCode::not_an_image,
                 "secondary capture"},
        SkipCase{"PresentationState",
                 {{0x0008, 0x0016, "1.2.840.10008.5.1.4.1.1.11.1"}},
                 ErrorCode::not_an_image,
                 "presentation state"},
        SkipCase{"StructureSet",
                 {{0x0008, 0x0016, "1.2.840.10008.5.1.4.1.1.481.3"}},
                 ErrorCode::not_an_image,
                 "RT structure set"},
        SkipCase{"StructuredReport",
                 {{0x0008, 0x0016, "1.2.840.10008.5.1.4.1.1.88.11"}},
                 ErrorCode::not_an_image,
                 "structured report"},
        SkipCase{"Segmentation",
                 {{0x0008, 0x0016, "1.2.840.10008.5.1.4.1.1.66.4"}},
                 ErrorCode::not_an_image,
                 "segmentation"},
        SkipCase{"Spectroscopy",
                 {{0x0008, 0x0016, "1.2.840.10008.5.1.4.1.1.4.2"}},
                 ErrorCode::not_an_image,
                 "spectroscopy"},
        SkipCase{"Ct",
                 {{0x0008, 0x0016, "1.2.840.10008.5.1.4.1.1.2"}, {0x0008, 0x0060, "CT"}},
                 ErrorCode::not_an_image,
                 "modality CT"},
        SkipCase{"OddModality",
                 {{0x0008, 0x0016, "1.2.840.10008.5.1.4.1.1.2"}, {0x0008, 0x0060, "PAULA 1"}},
                 ErrorCode::not_an_image,
                 "modality unknown"},
        SkipCase{"NoPixels",
                 {{0x7fe0, 0x0010, std::nullopt}},
                 ErrorCode::malformed_file,
                 "without pixel data"},
        SkipCase{"NoRows",
                 {{0x0028, 0x0010, std::nullopt}},
                 ErrorCode::malformed_file,
                 "rows and columns"},
        SkipCase{
            "NoBits", {{0x0028, 0x0100, std::nullopt}}, ErrorCode::malformed_file, "how many bits"},
        SkipCase{"Mosaic",
                 {{0x0008, 0x0008, "ORIGINAL\\PRIMARY\\M\\ND\\MOSAIC"}},
                 ErrorCode::unsupported_encoding,
                 "mosaic"},
        SkipCase{"Color",
                 {{0x0028, 0x0002, "3"}, {0x0028, 0x0004, "RGB"}},
                 ErrorCode::unsupported_encoding,
                 "color"},
        SkipCase{"Palette",
                 {{0x0028, 0x0004, "PALETTE COLOR"}},
                 ErrorCode::unsupported_encoding,
                 "color"},
        SkipCase{"OneBit", {{0x0028, 0x0100, "1"}}, ErrorCode::unsupported_encoding, "1 bits"},
        SkipCase{"FramesWithoutGroups",
                 {{0x0028, 0x0008, "4"}},
                 ErrorCode::unsupported_encoding,
                 "multi-frame"},
        SkipCase{"NoSeries",
                 {{0x0020, 0x000e, std::nullopt}},
                 ErrorCode::malformed_file,
                 "series instance UID"},
        SkipCase{
            "NoInstance", {{0x0008, 0x0018, ""}}, ErrorCode::malformed_file, "SOP instance UID"}),
    [](const auto& tested) { return tested.param.name; });

std::vector<SkippedFile> skipped_beside_a_good_file(const fs::path& folder) {
    write_dicom(folder / "good", {});
    return find_studies({folder}).skipped;
}

TEST(SkippedFiles, ListTextEmptyAndGarbageFiles) {
    const testing::TemporaryFolder folder;
    std::ofstream(folder.path() / "empty").close();
    std::ofstream(folder.path() / "text.txt") << std::string(1000, 'x');
    std::ofstream(folder.path() / "zeros") << std::string(1000, '\0');
    std::ofstream(folder.path() / "name only.nii.gz") << "no NIfTI";
    const std::vector<SkippedFile> skipped = skipped_beside_a_good_file(folder.path());
    ASSERT_EQ(skipped.size(), 4U);
    EXPECT_EQ(skipped[0].code, ErrorCode::not_an_image);
    EXPECT_EQ(skipped[1].code, ErrorCode::malformed_file);
    EXPECT_EQ(skipped[2].code, ErrorCode::not_an_image);
    EXPECT_EQ(skipped[3].code, ErrorCode::not_an_image);
}

// Whatever the length that is left, the file is listed or its slice is.
TEST(SkippedFiles, CutShortAnywhereAreNeverFatal) {
    const testing::TemporaryFolder folder;
    DicomPhantom phantom;
    phantom.instance_number = 2;
    const fs::path file = folder.path() / "other";
    write_dicom(file, phantom);
    const std::uintmax_t size = fs::file_size(file);
    const std::uintmax_t pixel_bytes = 64 * 48 * 2;
    for (std::uintmax_t left = size; left > 0; left -= std::min<std::uintmax_t>(left, 37)) {
        fs::resize_file(file, left);
        const std::vector<SkippedFile> skipped = skipped_beside_a_good_file(folder.path());
        if (left >= size - pixel_bytes) {
            EXPECT_TRUE(skipped.empty()) << left << " bytes: " << skipped.at(0).reason;
        } else {
            ASSERT_EQ(skipped.size(), 1U) << left;
        }
    }
}

// Damaged bytes may change what a file says, but not break the program.
TEST(SkippedFiles, DamagedAnywhereAreNeverFatal) {
    const testing::TemporaryFolder folder;
    for (const testing::Syntax syntax : {testing::Syntax::explicit_little,
                                         testing::Syntax::implicit_little,
                                         testing::Syntax::explicit_big,
                                         testing::Syntax::deflated,
                                         testing::Syntax::rle,
                                         testing::Syntax::jpeg_lossless,
                                         testing::Syntax::jpeg_ls,
                                         testing::Syntax::jpeg_2000}) {
        DicomPhantom phantom;
        phantom.syntax = syntax;
        const fs::path file = folder.path() / "file";
        write_dicom(file, phantom);
        const auto size = static_cast<std::int64_t>(fs::file_size(file));
        for (unsigned int seed = 0; seed < 100; ++seed) {
            SCOPED_TRACE("syntax " + std::to_string(static_cast<int>(syntax)) + ", seed " +
                         std::to_string(seed));
            fs::copy_file(file, folder.path() / "damaged", fs::copy_options::overwrite_existing);
            std::mt19937 random(seed);
            std::fstream stream(folder.path() / "damaged",
                                std::ios::binary | std::ios::in | std::ios::out);
            for (int change = 0; change < 4; ++change) {
                stream.seekp(static_cast<std::int64_t>(random()) % size);
                stream.put(static_cast<char>(random()));
            }
            stream.close();
            try {
                const StudyIndex index = find_studies({folder.path() / "damaged"});
                if (!index.studies.at(0).series.empty()) {
                    read_slice(index.studies[0].series[0].slices.at(0));
                }
            } catch (const Error& error) {
                EXPECT_NE(error.code(), ErrorCode::internal) << error.what();
            }
        }
    }
}

TEST(SkippedFiles, ListFilesThatMayNotBeRead) {
    if (geteuid() == 0) {
        GTEST_SKIP() << "root may read everything";
    }
    const testing::TemporaryFolder folder;
    write_dicom(folder.path() / "locked", {});
    fs::permissions(folder.path() / "locked", fs::perms::none);
    const std::vector<SkippedFile> skipped = skipped_beside_a_good_file(folder.path());
    ASSERT_EQ(skipped.size(), 1U);
    EXPECT_EQ(skipped[0].code, ErrorCode::unreadable_file);
}

}  // namespace
}  // namespace paraspinal

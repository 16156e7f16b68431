// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// What a user sees for each file of tests/broken_dicom, measured by itself.
#include "tests/cli/run_program.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

namespace paraspinal::testing {
namespace {

struct BrokenFile {
    std::string name;
    int exit_code = 0;
    std::string code;
};

class BrokenFiles : public ::testing::TestWithParam<BrokenFile> {};

TEST_P(BrokenFiles, GetOneClearErrorAndLeaveNoPicture) {
    const TemporaryFolder out;
    const BrokenFile& file = GetParam();
    const std::string path = (source_folder() / "tests" / "broken_dicom" / file.name).string();
    const ProgramRun run = run_paraspinal({"measure", path, "-q", "-o", out.path().string()});
    EXPECT_EQ(run.exit_code, file.exit_code) << run.err;
    EXPECT_EQ(lines_of(run.err).size(), 1U) << run.err;
    EXPECT_NE(run.err.find("[" + file.code + "]\n"), std::string::npos) << run.err;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(out.path())) {
        EXPECT_FALSE(entry.is_directory()) << "a result of a refused file: " << entry.path();
    }
}

INSTANTIATE_TEST_SUITE_P(
    AllOfThem,
    BrokenFiles,
    ::testing::Values(BrokenFile{"text.dcm", 3, "no_images_found"},
                      BrokenFile{"empty.dcm", 3, "no_images_found"},
                      BrokenFile{"truncated_header.dcm", 3, "no_images_found"},
                      BrokenFile{"truncated_pixels.dcm", 3, "truncated_pixel_data"},
                      BrokenFile{"huge_header.dcm", 4, "image_too_large"},
                      BrokenFile{"one_pixel.dcm", 4, "image_too_small"},
                      BrokenFile{"constant.dcm", 4, "image_constant"},
                      BrokenFile{"missing_pixel_spacing.dcm", 4, "missing_pixel_spacing"},
                      BrokenFile{"zero_pixel_spacing.dcm", 4, "missing_pixel_spacing"},
                      BrokenFile{"nan_pixel_spacing.dcm", 4, "missing_pixel_spacing"},
                      BrokenFile{"missing_orientation.dcm", 4, "missing_geometry"},
                      BrokenFile{"missing_study_uid.dcm", 4, "not_lumbar"},
                      BrokenFile{"rt_structure_set.dcm", 3, "no_images_found"},
                      BrokenFile{"secondary_capture.dcm", 3, "no_images_found"},
                      BrokenFile{"ct.dcm", 3, "no_images_found"},
                      BrokenFile{"mosaic.dcm", 3, "unsupported_encoding"},
                      BrokenFile{"color.dcm", 3, "unsupported_encoding"},
                      BrokenFile{"stir.dcm", 4, "fat_suppressed"},
                      BrokenFile{"t1.dcm", 4, "not_t2_weighted"}),
    [](const auto& tested) { return tested.param.name.substr(0, tested.param.name.find('.')); });

// The rest of a folder is measured although these are in it.
TEST(BadInput, CostsNoOtherStudyItsRow) {
    const TemporaryFolder out;
    const ProgramRun run =
        run_paraspinal({"measure",
                        (source_folder() / "tests" / "broken_dicom").string(),
                        (source_folder() / "sample_dicom" / "patient_b").string(),
                        "--format",
                        "csv",
                        "-q"});
    EXPECT_EQ(run.exit_code, 8) << run.err;
    int measured = 0;
    const int rows = static_cast<int>(lines_of(run.out).size()) - 1;
    for (int row = 0; row < rows; ++row) {
        measured += cell(run.out, "csa_cm2", row).empty() ? 0 : 1;
    }
    EXPECT_EQ(measured, 1);
    EXPECT_GT(rows, 1);
}

}  // namespace
}  // namespace paraspinal::testing

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// `measure --outlines` with DICOM objects that another library wrote.
#include "tests/cli/run_program.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

namespace paraspinal::testing {
namespace {

constexpr const char* kPython = "/usr/bin/python3";  // Debian's, which has pydicom.

ProgramRun measure(const std::string& patient, const std::vector<std::string>& more) {
    const std::string study = (source_folder() / "sample_dicom" / patient).string();
    std::vector<std::string> arguments{"measure", study, "-q", "--format", "csv"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_paraspinal(arguments);
}

// The outlines of the sample study in the forms of tests/tools/outlines/write_dicom_outlines.
class DicomOutlines : public ::testing::Test {
  protected:
    void SetUp() override {
        if (run_program(kPython, {"-c", "import pydicom, nibabel"}).exit_code != 0) {
            GTEST_SKIP() << "needs Debian's python3-pydicom and python3-nibabel "
                            "(scripts/install_deps test)";
        }
        automatic_ = measure("patient_a", {"--write", "nifti", "-o", folder_.path().string()});
        const std::filesystem::path slices = source_folder() / "sample_dicom/patient_a/BAC5";
        std::filesystem::path labels;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.path())) {
            if (entry.path().filename() == "labels.nii.gz") {
                labels = entry.path();
            }
        }
        const ProgramRun written =
            run_program(kPython,
                        {(source_folder() / "tests/tools/outlines/write_dicom_outlines").string(),
                         (slices / "DDDB914F").string(),
                         (slices / "C5D21DC6").string(),
                         labels.string(),
                         folder_.path().string()});
        EXPECT_EQ(written.exit_code, 0) << written.err;
    }
    [[nodiscard]] std::string file(const std::string& name) const {
        return (folder_.path() / name).string();
    }

    void expect_same_numbers(const std::string& name, const std::string& source) const {
        const ProgramRun run = measure("patient_a", {"--outlines", file(name)});
        ASSERT_EQ(run.exit_code, 0) << run.err;
        for (const std::string column : {"sop_instance_uid",
                                         "csa_cm2",
                                         "fa_cm2",
                                         "fdr_pct",
                                         "vb_cm2",
                                         "mf_left_fa_cm2",
                                         "psoas_right_csa_cm2",
                                         "fat_threshold"}) {
            EXPECT_EQ(cell(run.out, column), cell(automatic_.out, column)) << name << " " << column;
        }
        EXPECT_EQ(cell(run.out, "outline_source"), source) << name;
    }

  private:
    TemporaryFolder folder_;
    ProgramRun automatic_;
};

TEST_F(DicomOutlines, GiveTheSameNumbersToThePixel) {
    for (const std::string name :
         {"per_frame.dcm", "shared.dcm", "fractional.dcm", "labelmap.dcm"}) {
        expect_same_numbers(name, "dicom_seg");
    }
    expect_same_numbers("contours.dcm", "dicom_rtstruct");
    expect_same_numbers("body.dcm", "dicom_rtstruct+model");
}

TEST_F(DicomOutlines, AreRefusedWhereTheyDoNotBelong) {
    const ProgramRun study = measure("patient_b", {"--outlines", file("shared.dcm")});
    EXPECT_EQ(study.exit_code, 4);
    EXPECT_NE(study.err.find("drawn in another study"), std::string::npos) << study.err;
    const ProgramRun slice = measure("patient_a",
                                     {"--outlines",
                                      file("contours.dcm"),
                                      "--slice",
                                      "2.25.64964379825387175184665181886936070390"});
    EXPECT_EQ(slice.exit_code, 4);
    EXPECT_NE(slice.err.find("nothing is drawn on this slice"), std::string::npos) << slice.err;
    std::filesystem::resize_file(file("shared.dcm"), 80'000);
    const ProgramRun damaged = measure("patient_a", {"--outlines", file("shared.dcm")});
    EXPECT_EQ(damaged.exit_code, 3);
    EXPECT_NE(damaged.err.find("[truncated_pixel_data]\n"), std::string::npos) << damaged.err;
}

}  // namespace
}  // namespace paraspinal::testing

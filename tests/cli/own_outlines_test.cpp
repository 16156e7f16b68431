// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// `measure --outlines` through the real program.
#include "core/structure.h"
#include "io/imagej/archive.h"
#include "io/imagej/roi.h"
#include "tests/cli/run_program.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace paraspinal::testing {
namespace {

std::string sample_study() {
    return (source_folder() / "sample_dicom" / "patient_b").string();
}

ProgramRun measure(const std::vector<std::string>& more) {
    std::vector<std::string> arguments{"measure", sample_study(), "-q", "--format", "csv"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_paraspinal(arguments);
}

// The sample study, outlined automatically and written in all forms.
class OwnOutlines : public ::testing::Test {
  protected:
    OwnOutlines()
        : automatic(measure({"--write", "csv,nifti,roi,seg", "-o", folder_.path().string()})) {}

    [[nodiscard]] std::filesystem::path written(const std::string& name) const {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.path())) {
            if (entry.path().filename() == name) {
                return entry.path();
            }
        }
        return {};
    }
    [[nodiscard]] std::filesystem::path file(const std::string& name) const {
        return folder_.path() / name;
    }
    // Measures with `outlines`; pixels of each structure in label order.
    [[nodiscard]] std::vector<std::string> pixels_with(
        const std::filesystem::path& outlines) const {
        const std::filesystem::path out = folder_.path() / "again";
        const ProgramRun run =
            measure({"--outlines", outlines.string(), "--write", "csv,roi", "-o", out.string()});
        EXPECT_EQ(run.exit_code, 0) << run.err;
        return pixels_in(out);
    }
    [[nodiscard]] static std::vector<std::string> pixels_in(const std::filesystem::path& out) {
        const std::string muscles = content_of(out / "muscles.csv");
        std::vector<std::string> pixels;
        for (std::size_t row = 0; row < kStructures.size(); ++row) {
            pixels.push_back(cell(muscles, "pixels", static_cast<int>(row)));
        }
        return pixels;
    }
    [[nodiscard]] std::filesystem::path folder() const { return folder_.path(); }

  private:
    TemporaryFolder folder_;

  protected:
    ProgramRun automatic;
};

TEST_F(OwnOutlines, MakeTheWholeWayAndBackToThePixel) {
    ASSERT_EQ(automatic.exit_code, 0) << automatic.err;
    const std::vector<std::string> pixels = pixels_in(folder());
    EXPECT_EQ(pixels_with(written("rois.zip")), pixels);
    EXPECT_EQ(pixels_with(written("labels.nii.gz")), pixels);
    EXPECT_EQ(pixels_with(written("seg.dcm")), pixels);
    const std::vector<std::string> columns{
        "csa_cm2", "fa_cm2", "fdr_pct", "vb_cm2", "psoas_left_csa_cm2", "fat_threshold"};
    const std::map<std::string, std::string> sources{
        {"rois.zip", "imagej_roi"}, {"labels.nii.gz", "nifti"}, {"seg.dcm", "dicom_seg"}};
    for (const auto& [name, source] : sources) {
        const ProgramRun again = measure({"--outlines", written(name).string()});
        for (const std::string& column : columns) {
            EXPECT_EQ(cell(again.out, column), cell(automatic.out, column)) << name;
        }
        EXPECT_EQ(cell(again.out, "outline_source"), source);
        EXPECT_EQ(cell(again.out, "outline_model"), "");
    }
}

TEST_F(OwnOutlines, AreWrittenWithTheSameBytesAgain) {
    const std::filesystem::path zip = written("rois.zip");
    EXPECT_EQ(pixels_with(zip), pixels_in(folder()));
    EXPECT_EQ(content_of(folder() / "again" / zip.parent_path().filename() / "rois.zip"),
              content_of(zip));
}

// A smaller multifidus of her own; the automatic one is dropped, the other structures stay.
TEST_F(OwnOutlines, OfOneStructureLeaveTheOthersAutomatic) {
    std::vector<ImageJRoi> rois = read_imagej_rois(written("rois.zip"));
    ASSERT_EQ(rois.at(0).name, "multifidus_right");
    RoiPath path = std::get<0>(rois[0].shape).at(0);
    double bottom = 0;
    for (const RoiPoint& point : path) {
        bottom = std::max(bottom, point.y);
    }
    for (RoiPoint& point : path) {
        point.y = std::min(point.y, bottom - 8);
    }
    const ImageJRoi own{.name = "MF R", .shape = std::vector<RoiPath>{path}};
    write_imagej_rois(file("own.zip"), {own});
    const std::vector<std::string> before = pixels_in(folder());
    const std::vector<std::string> after = pixels_with(file("own.zip"));
    EXPECT_LT(std::stoi(after[0]), std::stoi(before[0]));
    EXPECT_GT(std::stoi(after[0]), 0);
    for (std::size_t i = 1; i < before.size(); ++i) {
        EXPECT_EQ(after[i], before[i]) << label_name(kStructures.at(i));
    }
    const ProgramRun run = measure({"--outlines", file("own.zip").string()});
    EXPECT_EQ(cell(run.out, "outline_source"), "imagej_roi+model");
    EXPECT_EQ(cell(run.out, "outline_model"), cell(automatic.out, "outline_model"));
    const std::string muscles = content_of(folder() / "again" / "muscles.csv");
    EXPECT_EQ(cell(muscles, "outline_confidence", 0), "");
    EXPECT_NE(cell(muscles, "outline_confidence", 1), "");
}

void expect_refusal(const ProgramRun& run, int exit_code, const std::string& code) {
    EXPECT_EQ(run.exit_code, exit_code) << run.err;
    EXPECT_NE(run.err.find("[" + code + "]\n"), std::string::npos) << run.err;
}

TEST_F(OwnOutlines, AreRefusedWhereTheyCannotBeRight) {
    const std::string zip = written("rois.zip").string();
    const auto with = [](const std::filesystem::path& outlines) {
        return measure({"--outlines", outlines.string()});
    };
    expect_refusal(with(file("nowhere.zip")), 3, "input_not_found");
    std::ofstream(file("damaged.roi")) << "Iout";
    expect_refusal(with(file("damaged.roi")), 3, "malformed_file");

    ImageJRoi roi{.name = "Smith^Anna", .shape = RoiOval{10, 10, 20, 20}};
    write_imagej_rois(file("unknown.zip"), {roi});
    const ProgramRun unknown = with(file("unknown.zip"));
    expect_refusal(unknown, 4, "outline_mismatch");
    EXPECT_NE(unknown.err.find("'MF R'"), std::string::npos) << "does not name the rules";
    EXPECT_EQ(unknown.err.find("Smith"), std::string::npos) << "names a patient";
    std::ofstream(file("names.csv")) << "name,structure\nsmith^anna,psoas left\n";
    EXPECT_EQ(
        measure(
            {"--outlines", file("unknown.zip").string(), "--roi-names", file("names.csv").string()})
            .exit_code,
        0);

    roi = {.name = "VB", .shape = RoiOval{900, 900, 20, 20}};
    write_imagej_rois(file("large.zip"), {roi});
    expect_refusal(with(file("large.zip")), 4, "outline_mismatch");
    expect_refusal(measure({"--roi-names", file("names.csv").string()}), 2, "usage");
    const std::string both = (source_folder() / "sample_dicom").string();
    expect_refusal(run_paraspinal({"measure", both, "--outlines", zip, "-q"}), 2, "usage");
}

// Her outline of a muscle holds no pixel, so CSA would be too small.
TEST_F(OwnOutlines, WithoutAMuscleAreRefused) {
    std::vector<ImageJRoi> rois = read_imagej_rois(written("rois.zip"));
    rois.at(1).shape = std::vector<RoiPath>{{{10.1, 10.1}, {10.3, 10.1}, {10.3, 10.3}}};
    write_imagej_rois(file("missing.zip"), rois);
    expect_refusal(measure({"--outlines", file("missing.zip").string()}), 4, "structure_missing");
}

}  // namespace
}  // namespace paraspinal::testing

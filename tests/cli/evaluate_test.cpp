// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/run_program.h"
#include "tests/support/png_file.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <string>

namespace paraspinal::testing {
namespace {

namespace fs = std::filesystem;

std::string sample_labels(const std::string& name) {
    return (source_folder() / "sample_dicom" / "labels" / name).string();
}

std::string patient_b() {
    return (source_folder() / "sample_dicom" / "patient_b").string();
}

// The axial slice of sample-b; its label map has the areas of sample_dicom/truth.json.
constexpr const char* kAxialSlice = "F9210ECF";

double number(const std::string& csv, const std::string& column, int row) {
    return std::stod(cell(csv, column, row));
}

// Row of `region` in a CSV with a column of that name.
int row_of(const std::string& csv, const std::string& region) {
    const int rows = static_cast<int>(lines_of(csv).size()) - 1;
    for (int row = 0; row < rows; ++row) {
        if (cell(csv, "region", row) == region) {
            return row;
        }
    }
    ADD_FAILURE() << "no region " << region;
    return 0;
}

TEST(Evaluate, ScoresTheOutlinesThatMeasureDraws) {
    const TemporaryFolder out;
    const ProgramRun run = run_paraspinal({"evaluate",
                                           "--images",
                                           patient_b(),
                                           "--masks",
                                           sample_labels(std::string(kAxialSlice) + ".png"),
                                           "-o",
                                           out.path().string()});
    ASSERT_EQ(run.exit_code, 0) << run.err;
    EXPECT_EQ(run.out.find("1 slices scored, 0 failed; model outline "), 0U) << run.out;
    const ProgramRun measured = run_paraspinal({"measure", patient_b(), "-q", "--format", "csv"});
    const std::string cases = content_of(out.path() / "evaluation_cases.csv");
    const int total = row_of(cases, "paraspinal");
    EXPECT_NEAR(number(cases, "area_mm2", total) / 100, number(measured.out, "csa_cm2", 0), 5e-4);
    EXPECT_NEAR(number(cases, "fdr_pct", total), number(measured.out, "fdr_pct", 0), 5e-3);
    const int body = row_of(cases, "vertebral_body");
    EXPECT_NEAR(number(cases, "area_mm2", body) / 100, number(measured.out, "vb_cm2", 0), 5e-4);
    EXPECT_EQ(cell(cases, "fdr_pct", body), "");
    // The label map is stored as the slice is: sides that were mistaken would score 0.
    for (const char* const muscle : {"multifidus_left", "erector_spinae_right", "psoas_left"}) {
        EXPECT_GT(number(cases, "dice", row_of(cases, muscle)), 0.5) << muscle;
    }
    EXPECT_EQ(lines_of(content_of(out.path() / "evaluation_summary.csv")).size(), 9U);
    EXPECT_FALSE(content_of(out.path() / "worst_cases.png").empty());
}

TEST(Evaluate, GivesOurOwnOutlinesFullMarks) {
    const TemporaryFolder folder;
    ASSERT_EQ(
        run_paraspinal({"measure", patient_b(), "-q", "-o", folder.path().string()}).exit_code, 0);
    fs::path labels;
    for (const auto& entry : fs::recursive_directory_iterator(folder.path())) {
        labels = entry.path().filename() == "labels.nii.gz" ? entry.path() : labels;
    }
    fs::create_directory(folder.path() / "masks");
    fs::copy_file(labels, folder.path() / "masks" / "patient_b.nii.gz");
    const ProgramRun run = run_paraspinal({"evaluate",
                                           "--images",
                                           (source_folder() / "sample_dicom").string(),
                                           "--masks",
                                           (folder.path() / "masks").string(),
                                           "--format",
                                           "csv"});
    ASSERT_EQ(run.exit_code, 0) << run.err;
    const int regions = static_cast<int>(lines_of(run.out).size()) - 1;
    EXPECT_EQ(regions, 8);
    for (int row = 0; row < regions; ++row) {
        EXPECT_EQ(cell(run.out, "dice_mean", row), "1");
        EXPECT_EQ(cell(run.out, "hausdorff95_mean_mm", row), "0");
        EXPECT_EQ(cell(run.out, "area_bias_pct", row), "0");
    }
    EXPECT_EQ(cell(run.out, "fdr_error_mean", row_of(run.out, "paraspinal")), "0");
}

TEST(Evaluate, ReadsPngImagesAndPartialTables) {
    const TemporaryFolder folder;
    fs::create_directories(folder.path() / "images");
    fs::create_directories(folder.path() / "masks");
    constexpr ImageSize kSize{.rows = 320, .cols = 320};
    std::mt19937 random(1);
    write_png(folder.path() / "images/noise.png", kSize, [&random](PixelIndex) {
        return static_cast<int>(20 + random() % 200);
    });
    const auto label_at = [](PixelIndex at) {
        const bool is_muscle = at.row >= 200 && at.row < 230 && at.col >= 100 && at.col < 140;
        const bool is_other = at.row >= 10 && at.row < 15 && at.col >= 10 && at.col < 15;
        return is_muscle ? 100 : is_other ? 3 : 0;
    };
    write_png(folder.path() / "masks/noise.png", kSize, label_at);
    write_png(folder.path() / "masks/lost.png", kSize, label_at);
    std::ofstream(folder.path() / "labels.csv") << "value,structure\n100,multifidus_right\n";
    std::vector<std::string> arguments{"evaluate",
                                       "--images",
                                       (folder.path() / "images").string(),
                                       "--masks",
                                       (folder.path() / "masks").string(),
                                       "--labels",
                                       (folder.path() / "labels.csv").string(),
                                       "--format",
                                       "csv"};
    EXPECT_EQ(run_paraspinal(arguments).exit_code, 2) << "no --pixel-mm";
    arguments.insert(arguments.end(), {"--pixel-mm", "0.5"});
    const ProgramRun run = run_paraspinal(arguments);
    // A model that refuses noise fails the case, one that outlines it scores badly.
    if (run.exit_code == 0) {
        EXPECT_EQ(cell(run.out, "region"), "multifidus_right");
        EXPECT_NEAR(number(run.out, "area_mm2_pairs", 0), 1, 0);
        EXPECT_EQ(lines_of(run.out).size(), 2U) << "only what the table names is scored";
    } else {
        EXPECT_EQ(run.exit_code, 8) << run.err;
    }
    EXPECT_NE(run.err.find("1 masks without an image of their name, the first: lost"),
              std::string::npos);
    EXPECT_NE(run.err.find("does not name them: 3\n"), std::string::npos) << run.err;
}

TEST(Evaluate, RefusesMasksThatBelongToNothing) {
    EXPECT_EQ(run_paraspinal({"evaluate", "--images", patient_b()}).exit_code, 2);
    EXPECT_EQ(
        run_paraspinal({"evaluate", "--images", patient_b(), "--masks", "/nowhere"}).exit_code, 3);
    EXPECT_EQ(run_paraspinal({"evaluate", "--images", patient_b(), "--masks", sample_labels("")})
                  .exit_code,
              3)
        << "no image has the name of a mask";
    const ProgramRun wrong_size = run_paraspinal(
        {"evaluate", "--images", patient_b(), "--masks", sample_labels("550982D3.png")});
    EXPECT_EQ(wrong_size.exit_code, 8) << wrong_size.err;
    EXPECT_NE(wrong_size.err.find("[outline_mismatch]"), std::string::npos);
}

}  // namespace
}  // namespace paraspinal::testing

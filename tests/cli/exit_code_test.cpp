// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// Each exit code of the contract (docs/errors.md), reached through the real program.
#include "tests/cli/run_program.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace paraspinal::testing {
namespace {

std::string sample(const std::string& name) {
    return (source_folder() / "sample_dicom" / name).string();
}

// The one line on standard error that says what is wrong ends in the stable code.
void expect_refusal(const ProgramRun& run, int exit_code, const std::string& code) {
    EXPECT_EQ(run.exit_code, exit_code) << run.err;
    EXPECT_NE(run.err.find("[" + code + "]\n"), std::string::npos) << run.err;
    EXPECT_EQ(run.err.find("sample-"), std::string::npos) << "names a patient: " << run.err;
}

TEST(ExitCode, Is0WhenEverythingWasMeasured) {
    const ProgramRun run = run_paraspinal({"measure", sample("patient_b"), "--quiet"});
    EXPECT_EQ(run.exit_code, 0);
    EXPECT_EQ(run.err, "");
    EXPECT_NE(run.out.find("CSA"), std::string::npos);
}

// What a program needs to start differs between machines, so the limit is raised step by step until
// the study is measured: on the way there it must say that it failed, never crash or write a
// number.
TEST(ExitCode, Is1WhenMemoryRunsOut) {
    constexpr std::uint64_t kMegabyte = 1 << 20;
    int internal_errors = 0;
    for (std::uint64_t limit = 200 * kMegabyte; limit < 2000 * kMegabyte; limit += 10 * kMegabyte) {
        // Libraries that run out of memory while they start end the program before it begins.
        if (run_paraspinal({"--version"}, {.memory_bytes = limit}).exit_code != 0) {
            continue;
        }
        const ProgramRun run =
            run_paraspinal({"measure", sample("patient_b"), "-q"}, {.memory_bytes = limit});
        if (run.exit_code == 0) {
            break;
        }
        ASSERT_EQ(run.exit_code, 1) << " with " << limit / kMegabyte << " MB: " << run.err;
        EXPECT_EQ(run.out.find("CSA"), std::string::npos) << run.out;
        ++internal_errors;
    }
    EXPECT_GT(internal_errors, 0);
}

TEST(ExitCode, Is2ForACommandLineThatMakesNoSense) {
    EXPECT_EQ(run_paraspinal({}).exit_code, 2);
    EXPECT_EQ(run_paraspinal({"measure"}).exit_code, 2);
    EXPECT_EQ(run_paraspinal({"frobnicate"}).exit_code, 2);
    EXPECT_EQ(run_paraspinal({"measure", "x", "--level", "L9"}).exit_code, 2);
    EXPECT_EQ(run_paraspinal({"measure", "x", "--fat-threshold", "wide"}).exit_code, 2);
    expect_refusal(run_paraspinal({"measure", "x", "--fat-method", "guess"}), 2, "usage");
    expect_refusal(run_paraspinal({"measure", "x", "--fat-method", "fixed"}), 2, "usage");
    expect_refusal(
        run_paraspinal({"measure", "x", "--fat-threshold", "9", "--fat-guard", "on"}), 2, "usage");
    expect_refusal(run_paraspinal({"measure", "x", "--fat-method", "otsu", "--fat-threshold", "9"}),
                   2,
                   "usage");
}

TEST(ExitCode, Is3WhenThereIsNothingToRead) {
    const TemporaryFolder folder;
    const std::string nowhere = (folder.path() / "nowhere").string();
    expect_refusal(run_paraspinal({"measure", nowhere}), 3, "input_not_found");
    expect_refusal(run_paraspinal({"inspect", nowhere}), 3, "input_not_found");
    expect_refusal(run_paraspinal({"measure", folder.path().string()}), 3, "no_images_found");
    std::ofstream(folder.path() / "notes.txt") << "no image here";
    expect_refusal(run_paraspinal({"measure", folder.path().string()}), 3, "no_images_found");
}

TEST(ExitCode, Is4ForAStudyThatMustNotBeMeasured) {
    // Its axial slices without the sagittal series.
    expect_refusal(run_paraspinal({"measure", sample("patient_a/BAC5")}), 4, "level_not_found");
    expect_refusal(
        run_paraspinal({"measure", sample("patient_a"), "--slice", "1.2.3"}), 4, "slice_not_found");
    expect_refusal(run_paraspinal({"measure", sample("patient_a"), "--series", "1.2.3"}),
                   4,
                   "series_not_found");
}

TEST(ExitCode, Is5WhenTheResultsCannotBeWritten) {
    const TemporaryFolder folder;
    std::ofstream(folder.path() / "file") << "in the way";
    const std::string below_a_file = (folder.path() / "file" / "out").string();
    expect_refusal(run_paraspinal({"measure", sample("patient_b"), "-o", below_a_file}),
                   5,
                   "output_not_writable");
    expect_refusal(run_paraspinal({"measure", sample("patient_b")}, {.out_file = "/dev/full"}),
                   5,
                   "output_not_writable");
}

TEST(ExitCode, Is5OnAFullDiskAndNothingIsLeftHalfWritten) {
    const TemporaryFolder folder;
    constexpr std::uint64_t kTooLittle = 2000;  // The label map and the overlay are larger.
    const ProgramRun run =
        run_paraspinal({"measure", sample("patient_b"), "-o", folder.path().string()},
                       {.file_bytes = kTooLittle, .out_file = "/dev/null"});
    EXPECT_EQ(run.exit_code, 5);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path())) {
        EXPECT_EQ(entry.path().filename().string().find(".partial"), std::string::npos);
        EXPECT_NE(entry.path().extension(), ".png");
    }
}

TEST(ExitCode, Is8WhenSomeStudiesFailed) {
    const ProgramRun run = run_paraspinal(
        {"measure", sample("patient_a/BAC5"), sample("patient_b"), "--format", "csv"});
    EXPECT_EQ(run.exit_code, 8);
    ASSERT_EQ(lines_of(run.out).size(), 3U) << "a header and one row a study, failures included";
    EXPECT_EQ(cell(run.out, "status", 0), "failed");
    EXPECT_EQ(cell(run.out, "reason", 0), "level_not_found");
    EXPECT_NE(cell(run.out, "status", 1), "failed");
}

}  // namespace
}  // namespace paraspinal::testing

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/run_program.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace paraspinal::testing {
namespace {

namespace fs = std::filesystem;

void replace_all(std::string& text, const std::string& what, const std::string& with) {
    for (auto at = text.find(what); at != std::string::npos;
         at = text.find(what, at + with.size())) {
        text.replace(at, what.size(), with);
    }
}

// A run as if patient B had come again two years later with muscles of `csa_cm2`.
void write_later_run(const fs::path& run, const fs::path& later, const std::string& csa_cm2) {
    fs::copy(run, later, fs::copy_options::recursive);
    std::string table = content_of(run / "measurements.csv");
    const std::string uid = cell(table, "study_uid");
    replace_all(table, uid, uid + ".9");
    replace_all(table, cell(table, "study_date"), "20280105");
    replace_all(table, cell(table, "csa_cm2"), csa_cm2);
    replace_all(table, "," + cell(table, "patient_age_years") + ",", ",80,");
    std::ofstream(later / "measurements.csv") << table;
}

TEST(Follow, ComparesTwoRunsAndShowsBothSlices) {
    const TemporaryFolder folder;
    const fs::path first = folder.path() / "first";
    const ProgramRun measured =
        run_paraspinal({"measure",
                        (source_folder() / "sample_dicom/patient_b").string(),
                        "-q",
                        "-o",
                        first.string()});
    ASSERT_EQ(measured.exit_code, 0) << measured.err;
    const ProgramRun alone = run_paraspinal({"follow", first.string(), first.string()});
    EXPECT_EQ(alone.exit_code, 8) << alone.err;
    EXPECT_EQ(alone.err, "1 examination of 1 patient: 1 single; 0 pairs\n");

    const fs::path second = folder.path() / "second";
    const fs::path output = folder.path() / "change";
    write_later_run(first, second, "25.000");
    const fs::path clinical = folder.path() / "clinical.csv";
    std::ofstream(clinical) << "patient_id,treated,note\nSAMPLE-B,yes,fell in May\n";
    const fs::path earlier = output / "pictures" / "0a_1b.png";
    fs::create_directories(earlier.parent_path());
    std::ofstream(earlier) << "of another call";
    const ProgramRun run = run_paraspinal({"follow",
                                           first.string(),
                                           second.string(),
                                           "-o",
                                           output.string(),
                                           "--clinical",
                                           clinical.string(),
                                           "--format",
                                           "csv"});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_EQ(run.out, content_of(output / "follow_up.csv"));
    EXPECT_EQ(cell(run.out, "quantity"), "csa_cm2");
    EXPECT_EQ(cell(run.out, "to_value"), "25.000");
    EXPECT_TRUE(cell(run.out, "verdict").starts_with("decrease")) << run.out;
    EXPECT_EQ(cell(run.out, "years"), "2.00");
    EXPECT_TRUE(fs::is_regular_file(output / cell(run.out, "picture")));
    EXPECT_FALSE(fs::exists(earlier));
    EXPECT_EQ(cell(content_of(output / "patients.csv"), "treated"), "yes");
    EXPECT_EQ(cell(content_of(output / "patients.csv"), "note"), "fell in May");
    EXPECT_NE(content_of(output / "examinations.csv").find("compared"), std::string::npos);
}

TEST(Follow, RefusesWhatIsNoRun) {
    const TemporaryFolder folder;
    EXPECT_EQ(run_paraspinal({"follow", folder.path().string()}).exit_code, 3);
    EXPECT_EQ(run_paraspinal({"follow"}).exit_code, 2);
}

}  // namespace
}  // namespace paraspinal::testing

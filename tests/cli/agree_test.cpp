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

class Agree : public ::testing::Test {
  protected:
    [[nodiscard]] std::string file(const std::string& name, const std::string& text) const {
        std::ofstream(folder_.path() / name) << text;
        return (folder_.path() / name).string();
    }
    [[nodiscard]] std::filesystem::path folder() const { return folder_.path(); }

  private:
    TemporaryFolder folder_;
};

// The first measurement of both meters, Bland and Altman 1986.
TEST_F(Agree, PrintsAndWritesAgreementOfTwoTables) {
    std::ifstream peak_flow(source_folder() / "tests" / "risk" / "reference" / "pefr.csv");
    std::string wright = "patient_id,flow\n";
    std::string mini = wright;
    std::string line;
    std::getline(peak_flow, line);
    for (int patient = 1; std::getline(peak_flow, line); ++patient) {
        const std::size_t second = line.find(',');
        const std::size_t third = line.find(',', second + 1);
        const std::string id = std::to_string(patient) + ",";
        wright += id + line.substr(0, second) + "\n";
        mini += id + line.substr(third + 1, line.find(',', third + 1) - third - 1) + "\n";
    }
    mini += "99,1\n";
    const std::string first = file("wright.csv", wright);
    const std::string second = file("mini.csv", mini);

    const ProgramRun run = run_paraspinal(
        {"agree", first, second, "--format", "csv", "-o", (folder() / "out").string()});
    EXPECT_EQ(run.exit_code, 0);
    EXPECT_EQ(run.err,
              "paraspinal: table mini: 1 of 18 rows have no counterpart in every other table\n");
    EXPECT_EQ(cell(run.out, "pairs"), "17");
    EXPECT_NEAR(std::stod(cell(run.out, "bias")), -2.1176, 1e-4);
    EXPECT_NEAR(std::stod(cell(run.out, "icc_2_1")), 0.945928, 1e-6);
    std::ifstream written(folder() / "out" / "agreement.csv");
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(written), {}), run.out);
    EXPECT_TRUE(std::filesystem::exists(folder() / "out" / "bland_altman_flow.svg"));
    EXPECT_TRUE(std::filesystem::exists(folder() / "out" / "agreement.html"));

    const ProgramRun table = run_paraspinal({"agree", first, second});
    EXPECT_NE(table.out.find("0.946 [0.86, 0.98]"), std::string::npos) << table.out;
    EXPECT_NE(table.out.find("-78.1 to 73.9"), std::string::npos) << table.out;
}

TEST_F(Agree, ComparesTheLabelsOfARunWithThemselves) {
    const std::string sample = (source_folder() / "sample_dicom" / "patient_b").string();
    ASSERT_EQ(run_paraspinal({"measure", sample, "-q", "-o", folder().string()}).exit_code, 0);
    std::string labels;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder())) {
        labels = entry.path().filename() == "labels.nii.gz" ? entry.path().string() : labels;
    }
    const ProgramRun run = run_paraspinal({"agree", labels, labels, "--format", "csv"});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    const int regions = static_cast<int>(lines_of(run.out).size()) - 1;
    EXPECT_EQ(regions, 8);
    for (int row = 0; row < regions; ++row) {
        EXPECT_EQ(cell(run.out, "dice", row), "1");
        EXPECT_EQ(cell(run.out, "hausdorff95_mm", row), "0");
        EXPECT_EQ(cell(run.out, "area_difference_pct", row), "0");
    }
}

TEST_F(Agree, RefusesWhatCannotBeCompared) {
    const std::string table = file("a.csv", "patient_id,csa\n1,1\n");
    EXPECT_EQ(run_paraspinal({"agree", table}).exit_code, 2);
    EXPECT_EQ(run_paraspinal({"agree", table, "labels.nii.gz"}).exit_code, 2);
    EXPECT_EQ(run_paraspinal({"agree", table, table, "--labels", table}).exit_code, 2);
    EXPECT_EQ(run_paraspinal({"agree", "a.nii", "b.nii", "--key", "x"}).exit_code, 2);
    EXPECT_EQ(run_paraspinal({"agree", table, "/nowhere.csv"}).exit_code, 3);
    const std::string other = file("b.csv", "patient_id,csa\n2,1\n");
    EXPECT_EQ(run_paraspinal({"agree", table, other}).exit_code, 4);
    EXPECT_EQ(run_paraspinal({"agree", table, table, "-o", table + "/out"}).exit_code, 5);
}

}  // namespace
}  // namespace paraspinal::testing

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// No command overwrites what it was given to read, or what somebody has edited.
#include "tests/cli/run_program.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace paraspinal::testing {
namespace {

namespace fs = std::filesystem;

class KeptFiles : public ::testing::Test {
  protected:
    void SetUp() override {
        std::ofstream stream(table_);
        stream << "patient_id,age_years,new_fracture,leakage_type\n";
        for (int i = 0; i < 40; ++i) {
            const char* const kind = i % 2 == 0 ? "none" : i % 3 == 0 ? "spike" : "round";
            stream << 'P' << i << ',' << 50 + (i * 7) % 31 << ',' << (i % 5 == 0 ? 1 : 0) << ','
                   << kind << '\n';
        }
    }

    TemporaryFolder folder_;
    fs::path table_ = folder_.path() / "cohort.csv";
};

TEST_F(KeptFiles, AnInputIsNeverTheOutput) {
    const std::string before = content_of(table_);
    const fs::path link = folder_.path() / "link.csv";
    fs::create_symlink(table_, link);
    for (const std::vector<std::string>& arguments : {
             std::vector<std::string>{"cohort", "describe", table_, "-o", table_},
             {"cohort", "describe", table_, "-o", link},
             {"cohort", "describe", table_, "-o", folder_.path() / "." / "cohort.csv"},
             {"cohort", "dictionary", table_, "-o", table_},
             {"cohort", "compare", table_, "--by", "new_fracture", "--picture", table_},
             {"risk", "--clinical", table_, "-o", table_},
             {"export", folder_.path(), "--clinical", table_, "-o", table_},
         }) {
        const ProgramRun run = run_paraspinal(arguments);
        EXPECT_EQ(run.exit_code, 2) << arguments[1] << run.err;
        EXPECT_NE(run.err.find("is also named as input"), std::string::npos) << run.err;
        EXPECT_EQ(content_of(table_), before);
    }
    const fs::path output = folder_.path() / "new_fracture";
    for (int i = 0; i < 2; ++i) {
        EXPECT_EQ(run_paraspinal({"cohort", "dictionary", table_, "-o", output}).exit_code, 0)
            << "an output may be renewed";
    }
}

TEST_F(KeptFiles, AnEditedScriptStays) {
    for (const std::string program : {"r", "spss", "stata"}) {
        const fs::path analysis = folder_.path() / program;
        const fs::path script = analysis / (program == "r"      ? "analysis.R"
                                            : program == "spss" ? "analysis.sps"
                                                                : "analysis.do");
        const std::vector<std::string> arguments{
            "cohort", "script", table_, "--for", program, "-o", analysis};
        EXPECT_EQ(run_paraspinal(arguments).exit_code, 0);
        EXPECT_EQ(run_paraspinal(arguments).exit_code, 0) << "nothing is lost";
        std::ofstream(script, std::ios::app) << "mine\n";
        const ProgramRun run = run_paraspinal(arguments);
        EXPECT_EQ(run.exit_code, 2) << run.err;
        EXPECT_TRUE(content_of(script).ends_with("mine\n"));
    }
    fs::create_directory(folder_.path() / "own");
    fs::copy(table_, folder_.path() / "own" / "data.csv");
    EXPECT_EQ(
        run_paraspinal(
            {"cohort", "script", folder_.path() / "own" / "data.csv", "-o", folder_.path() / "own"})
            .exit_code,
        2);
}

TEST_F(KeptFiles, ScriptsEnterClassesAgainstTheCommonest) {
    for (const std::string program : {"spss", "stata"}) {
        const fs::path analysis = folder_.path() / program;
        EXPECT_EQ(run_paraspinal({"cohort",
                                  "script",
                                  table_,
                                  "--for",
                                  program,
                                  "--predictors",
                                  "age_years,leakage_type",
                                  "-o",
                                  analysis})
                      .exit_code,
                  0);
        const bool is_spss = program == "spss";
        const std::string text = content_of(analysis / (is_spss ? "analysis.sps" : "analysis.do"));
        const std::string terms =
            "age_years leakage_type_round_against_none leakage_type_spike_against_none";
        EXPECT_NE(text.find((is_spss ? "LOGISTIC REGRESSION VARIABLES=new_fracture WITH "
                                     : "logistic new_fracture ") +
                            terms),
                  std::string::npos)
            << text;
        EXPECT_NE(text.find(is_spss ? "ROC age_years BY new_fracture(1)"
                                    : "foreach name of varlist age_years {\n    roctab"),
                  std::string::npos)
            << text;
        EXPECT_EQ(text.find("ROC leakage"), std::string::npos) << text;
        EXPECT_EQ(text.find('@'), std::string::npos) << text;
    }
}

}  // namespace
}  // namespace paraspinal::testing

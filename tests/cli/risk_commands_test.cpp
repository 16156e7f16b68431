// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// Whole runs of `risk`, `model` and `cohort`.
#include "tests/cli/run_program.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace paraspinal::testing {
namespace {

class RiskCommands : public ::testing::Test {
  protected:
    std::string file(const std::string& name, const std::string& content) {
        const auto path = folder_.path() / name;
        std::ofstream(path, std::ios::binary) << content;
        return path.string();
    }
    std::string path(const std::string& name) { return (folder_.path() / name).string(); }
    std::string content(const std::string& name) {
        std::ifstream stream(folder_.path() / name, std::ios::binary);
        return {std::istreambuf_iterator<char>(stream), {}};
    }
    static std::string reference(const std::string& name) {
        return (source_folder() / "tests" / "risk" / "reference" / name).string();
    }

  private:
    TemporaryFolder folder_;
};

TEST_F(RiskCommands, RiskOfATableIsACsv) {
    const ProgramRun run = run_paraspinal({"risk", "--clinical", reference("cohort250.csv")});
    EXPECT_EQ(run.exit_code, 0);
    EXPECT_EQ(lines_of(run.out).size(), 251U);
    EXPECT_EQ(cell(run.out, "patient_id", 1), "P002");
    EXPECT_EQ(cell(run.out, "risk_model", 1), "yang2025");
    EXPECT_EQ(cell(run.out, "risk_pct", 1), "11.98");
    EXPECT_EQ(cell(run.out, "status", 1), "ok");
    EXPECT_EQ(run.err, "");
}

TEST_F(RiskCommands, RiskOfOnePatientIsATextWithCaveatsAndAPicture) {
    const std::string patient = file("p.json", R"({"age_years":74,"csa_cm2":31.2})");
    const ProgramRun run =
        run_paraspinal({"risk", "--clinical", patient, "--picture", path("p.svg")});
    EXPECT_EQ(run.exit_code, 0);
    EXPECT_EQ(run.err, "");
    EXPECT_TRUE(run.out.starts_with("Model       yang2025 1.0.0\nRisk        ")) << run.out;
    EXPECT_NE(run.out.find("Not validated"), std::string::npos);
    EXPECT_NE(run.out.find("Elsewhere   None is known of this model."), std::string::npos);
    EXPECT_NE(run.out.find("(integrated out over"), std::string::npos);
    for (const std::string& line : lines_of(run.out)) {
        EXPECT_LE(line.size(), 80U) << line;
    }
    EXPECT_TRUE(content("p.svg").starts_with("<svg "));
    EXPECT_TRUE(content("p.svg").ends_with("</svg>\n"));
}

TEST_F(RiskCommands, ImpossibleValuesGiveARowAndExitCode8) {
    const std::string table = file("c.csv", "patient_id,age_years\nA,70\nB,250\n");
    const ProgramRun run = run_paraspinal({"risk", "--clinical", table, "-o", path("risk.csv")});
    EXPECT_EQ(run.exit_code, 8);
    EXPECT_EQ(run.out, "");
    EXPECT_NE(run.err.find("1 of 2 patients have no risk"), std::string::npos);
    EXPECT_NE(content("risk.csv").find("B,yang2025,,,,,,,failed,invalid_value"), std::string::npos);
    const std::string patient = file("p.json", R"({"age_years":250})");
    const ProgramRun one = run_paraspinal({"risk", "--clinical", patient});
    EXPECT_EQ(one.exit_code, 4);
    EXPECT_EQ(one.err,
              "paraspinal: age_years is 250, possible are 0 to 120 year [invalid_value]\n");
}

TEST_F(RiskCommands, WrongFilesHaveTheirExitCodes) {
    EXPECT_EQ(run_paraspinal({"risk"}).exit_code, 2);
    EXPECT_EQ(run_paraspinal({"risk", "--clinical", path("none.csv")}).exit_code, 3);
    EXPECT_EQ(run_paraspinal({"risk", "--clinical", file("e.csv", "")}).exit_code, 3);
    const std::string good = file("c.csv", "patient_id,age_years\nA,70\n");
    const ProgramRun model =
        run_paraspinal({"risk", "--clinical", good, "--model", file("m.json", "{}")});
    EXPECT_EQ(model.exit_code, 3);
    EXPECT_NE(model.err.find("m.json: schema: is missing [malformed_file]"), std::string::npos);
    EXPECT_EQ(run_paraspinal({"risk", "--clinical", good, "-o", "/proc/none/x.csv"}).exit_code, 5);
    EXPECT_EQ(run_paraspinal({"cohort", "compare", good, "--by", "none"}).exit_code, 2);
}

TEST_F(RiskCommands, AuditIsTheDocument) {
    const ProgramRun run = run_paraspinal({"model", "audit", "yang2025", "--format", "markdown"});
    EXPECT_EQ(run.exit_code, 0);
    std::ifstream stream(source_folder() / "docs" / "audit_yang2025.md", std::ios::binary);
    EXPECT_EQ(run.out, std::string(std::istreambuf_iterator<char>(stream), {}));
}

TEST_F(RiskCommands, ModelIsFittedValidatedAndUsed) {
    const std::string card = path("mine.json");
    const ProgramRun fit = run_paraspinal({"model",
                                           "fit",
                                           reference("cohort250.csv"),
                                           "--predictors",
                                           "csa_cm2,fdr_pct,diabetes",
                                           "--name",
                                           "mine",
                                           "--bootstrap",
                                           "50",
                                           "-o",
                                           card});
    EXPECT_EQ(fit.exit_code, 0);
    EXPECT_EQ(fit.err, "");
    EXPECT_NE(fit.out.find("50 bootstrap resamples"), std::string::npos);
    const ProgramRun validate =
        run_paraspinal({"model", "validate", reference("cohort250.csv"), "--model", card});
    EXPECT_EQ(validate.exit_code, 0);
    EXPECT_NE(validate.out.find("Patients 250, events 64"), std::string::npos);
    const ProgramRun risk =
        run_paraspinal({"risk", "--model", card, "--clinical", reference("cohort250.csv")});
    EXPECT_EQ(cell(risk.out, "risk_model", 0), "mine");
    const ProgramRun calibrate = run_paraspinal(
        {"model", "calibrate", reference("cohort250.csv"), "--slope", "--name", "here"});
    EXPECT_EQ(calibrate.exit_code, 0);
    EXPECT_NE(calibrate.out.find("\"name\": \"here\""), std::string::npos);
}

TEST_F(RiskCommands, FewEventsPerVariableAreSaidLoudly) {
    const ProgramRun run = run_paraspinal({"cohort",
                                           "logistic",
                                           reference("cohort250.csv"),
                                           "--predictors",
                                           "csa_cm2,fdr_pct,diabetes,age_years,vb_cm2,bmd_t_score,"
                                           "pth_ng_ml"});
    EXPECT_EQ(run.exit_code, 0);
    EXPECT_NE(run.err.find("ONLY 9.1 EVENTS PER VARIABLE"), std::string::npos);
}

TEST_F(RiskCommands, FracturesAreClassified) {
    const std::string good = file("g.csv",
                                  "patient_id,treated_levels,new_fracture_levels\n"
                                  "A,L1;L2,L3\nB,L1,T8\nC,L5,\nD,,\n");
    const ProgramRun run = run_paraspinal({"cohort", "classify-fractures", good});
    EXPECT_EQ(run.exit_code, 0);
    EXPECT_EQ(run.err, "");
    EXPECT_EQ(run.out,
              "patient_id,treated_levels,new_fracture_levels,adjacent_fracture,remote_fracture,"
              "same_level_fracture,contiguous_fracture,fracture_note\n"
              "A,L1;L2,L3,1,0,0,0,\nB,L1,T8,0,1,0,0,\nC,L5,,0,0,0,0,\nD,,,0,0,0,0,\n");
}

TEST_F(RiskCommands, ClassifiedFracturesNameNobody) {
    const std::string table = file("g.csv",
                                   "MRN;Name;Phone;Remarks;PTH;CRP;treated_levels;"
                                   "new_fracture_levels\n"
                                   "A;Smith;0171123456;ok;1.101;2,5;L1;L2\n"
                                   "B;Jones;0171123457;call her;900;0,5;L1;\n");
    const ProgramRun run = run_paraspinal({"cohort", "classify-fractures", table});
    EXPECT_EQ(run.exit_code, 0);
    EXPECT_EQ(run.out,
              "MRN,PTH,CRP,treated_levels,new_fracture_levels,adjacent_fracture,remote_fracture,"
              "same_level_fracture,contiguous_fracture,fracture_note\n"
              "A,,2.5,L1,L2,1,0,0,0,\nB,900,0.5,L1,,0,0,0,0,\n");
    EXPECT_NE(run.err.find("left out: Name, Phone, Remarks;"), std::string::npos);
    EXPECT_NE(run.err.find("'1.101' may be 1101 or 1.101"), std::string::npos);
}

TEST_F(RiskCommands, FracturesThatNobodyCanClassifyAreNamedAndKeptApart) {
    const std::string table = file("f.csv",
                                   "patient_id,treated_levels,new_fracture_levels\n"
                                   "A,L1;L2,L3\nB,,T8\nC,L5,NA\nD,T12,X9\nE,L5,L6\n"
                                   "F,T12-L1,L2\nG,na,L2\nH,L5,S1\n");
    const ProgramRun run = run_paraspinal({"cohort", "classify-fractures", table});
    EXPECT_EQ(run.exit_code, 8);
    const auto adjacent = [&](int row) { return cell(run.out, "adjacent_fracture", row); };
    const auto remote = [&](int row) { return cell(run.out, "remote_fracture", row); };
    EXPECT_EQ(adjacent(0), "1");
    EXPECT_EQ(adjacent(7), "1");
    for (int row = 1; row < 7; ++row) {
        EXPECT_EQ(adjacent(row) + remote(row), "") << row;
        EXPECT_NE(cell(run.out, "fracture_note", row), "") << row;
        EXPECT_NE(run.err.find("line " + std::to_string(row + 2) + ": "), std::string::npos) << row;
    }
    EXPECT_NE(run.err.find("line 7: vertebral levels are T1 to T12, L1 to L5 and S1, separated by "
                           "semicolons; a hyphen may mean"),
              std::string::npos);
    EXPECT_NE(run.err.find("6 of 8 rows are not classified"), std::string::npos);
}

TEST_F(RiskCommands, TablesComeInManyFormats) {
    for (const std::string format : {"text", "csv", "markdown", "html", "latex"}) {
        const ProgramRun run = run_paraspinal({"cohort",
                                               "compare",
                                               reference("kyphoplasty251.csv"),
                                               "--by",
                                               "brace",
                                               "--format",
                                               format});
        EXPECT_EQ(run.exit_code, 0);
        EXPECT_NE(run.out.find(format == "csv" ? "\nremote_fracture (yes)" : "Remote fracture"),
                  std::string::npos)
            << format;
    }
}

TEST_F(RiskCommands, AWorkbookNeedsAFile) {
    const std::string table = reference("kyphoplasty251.csv");
    EXPECT_EQ(run_paraspinal({"cohort", "describe", table, "--format", "xlsx"}).exit_code, 2);
    const ProgramRun run =
        run_paraspinal({"cohort", "describe", table, "--format", "xlsx", "-o", path("table.xlsx")});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_TRUE(content("table.xlsx").starts_with("PK"));
}

TEST_F(RiskCommands, AScoreOfPointsIsEvaluatedForOnePatientAndForATable) {
    const std::string card = (source_folder() / "tests/risk/model/invented_score.json").string();
    const std::string table =
        file("t.csv", "patient_id,cleft,symptom_days\nA,yes,95\nB,,10\nC,no,-1\n");
    const ProgramRun run = run_paraspinal({"risk", "--model", card, "--clinical", table});
    EXPECT_EQ(run.exit_code, 8) << "no one has had symptoms for -1 days";
    EXPECT_EQ(cell(run.out, "points", 0), "5");
    EXPECT_EQ(cell(run.out, "risk_pct", 0), "60.00");
    EXPECT_EQ(cell(run.out, "stratum", 0), "high");
    EXPECT_EQ(cell(run.out, "points", 1), "");
    EXPECT_EQ(cell(run.out, "points_high", 1), "2");
    EXPECT_EQ(cell(run.out, "status", 1), "flagged");
    EXPECT_EQ(cell(run.out, "reason", 1), "items_missing");
    EXPECT_EQ(cell(run.out, "status", 2), "failed");
    const ProgramRun one = run_paraspinal(
        {"risk", "--model", card, "--clinical", file("p.json", R"({"cleft":true})")});
    EXPECT_NE(one.out.find("Points     2 to 5\n"), std::string::npos) << one.out;
    EXPECT_NE(one.out.find("Risk       between 20.0 and 83.2 %"), std::string::npos) << one.out;
    EXPECT_NE(one.out.find("No patient was ever counted"), std::string::npos);
    const ProgramRun shown = run_paraspinal({"model", "show", card});
    EXPECT_NE(shown.out.find("60.0 %, 95 % interval 31.3 to 83.2 %"), std::string::npos)
        << shown.out;
    EXPECT_EQ(
        run_paraspinal({"measure", "x", "-o", path("o"), "--clinical", table, "--risk-model", card})
            .exit_code,
        3);
}

// R: pROC::ci.auc(roc(c(1,0,1,0,0,1), c(5,0,2,2,1,3), direction = "<")): 0.94444, 0.79046 to 1;
// prop.test(2, 3, correct = FALSE): 0.2077 to 0.9385.
TEST_F(RiskCommands, AScoreOfPointsIsValidatedOnOwnPatients) {
    const std::string card = (source_folder() / "tests/risk/model/invented_score.json").string();
    const std::string table = file("t.csv",
                                   "patient_id,cleft,symptom_days,new_fracture\n"
                                   "A,yes,95,yes\nB,no,10,no\nC,yes,10,yes\nD,yes,10,no\n"
                                   "E,no,40,no\nF,yes,50,yes\nG,,50,yes\n");
    const ProgramRun run = run_paraspinal({"model", "validate", table, "--model", card});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_NE(run.err.find("1 patients left out: an item is missing"), std::string::npos);
    EXPECT_NE(run.out.find("6 patients, 3 events"), std::string::npos) << run.out;
    EXPECT_NE(run.out.find("DeLong)  0.944 [0.790, 1.000]"), std::string::npos) << run.out;
    EXPECT_NE(run.out.find("66.7 % [20.8, 93.9]"), std::string::npos) << run.out;
}

}  // namespace
}  // namespace paraspinal::testing

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/script/analysis_script.h"

#include "tests/support/refusal.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

using Texts = std::vector<std::string>;

class AnalysisScriptOf : public ::testing::Test {
  protected:
    CohortTable cohort(const std::string& csv) {
        const std::filesystem::path file = folder_.path() / "cohort.csv";
        std::ofstream(file) << csv;
        return read_cohort(file);
    }

  private:
    testing::TemporaryFolder folder_;
};

TEST_F(AnalysisScriptOf, DataHaveNoIdentifiersAndNumbersInFull) {
    const CohortTable table = cohort(
        "MRN,Name,Phone,Gender,Hb (g/L),DM,fdr_pct,study_date,level\n"
        "a7,Doe,0301234567,F,120.25,Yes,31.5,2026-01-31,L3\n"
        "b8,Roe,0301234568,F,n.a.,no,28,2026-02-01,L3\n"
        "a7,Doe,0301234567,F,118,no,33,2026-03-01,L3\n");
    const TextTable data = analysis_data(analysis_cohort(table));
    EXPECT_EQ(data.columns,
              (Texts{"patient_number", "sex", "hemoglobin_g_l", "diabetes", "fdr_pct"}));
    EXPECT_EQ(data.rows.at(0), (Texts{"1", "F", "120.25", "1", "31.5"}));
    EXPECT_EQ(data.rows.at(1), (Texts{"2", "F", "", "0", "28"}));
    EXPECT_EQ(data.rows.at(2).front(), "1");
}

TEST_F(AnalysisScriptOf, SectionsNeedTheirColumns) {
    const CohortTable table = cohort(
        "patient_id,age_years,new_fracture,vas_pre,x \"y\" \\\n"
        "1,71,1,9.5,2.5\n2,72,0,8.5,2.25\n3,60,0,9.25,2\n");
    const AnalysisPlan plan = plan_analysis(table, {});
    EXPECT_EQ(plan.predictors, Texts{"age_years"});
    EXPECT_EQ(plan.characteristics, (Texts{"age_years", "vas_pre", "x \"y\" \\"}));
    EXPECT_EQ(plan.after, Texts{"new_fracture"});
    const AnalysisScript script =
        analysis_script(ScriptProgram::r, analysis_cohort(table), plan, "cohort\n.csv");
    EXPECT_NE(script.text.find("\"x \\\"y\\\" \\\\\""), std::string::npos);
    EXPECT_NE(script.text.find("# Analysis of cohort?.csv,"), std::string::npos);
    EXPECT_NE(script.text.find("logistic <- glm("), std::string::npos);
    EXPECT_EQ(script.text.find("coxph("), std::string::npos);
    EXPECT_EQ(script.text.find("lmer("), std::string::npos);
    EXPECT_EQ(script.text.find("#section"), std::string::npos);
    const auto says = [&](const char* text) { return std::ranges::count(script.left_out, text); };
    EXPECT_EQ(says("Time to a new fracture: Kaplan-Meier and Cox: the table lacks "
                   "follow_up_months"),
              1);
    EXPECT_EQ(says("Pain and disability over time: mixed models: the table lacks "
                   "vas_post or odi_post"),
              1);
}

TEST_F(AnalysisScriptOf, SpssAndStataGetNamesThatTheyTake) {
    const CohortTable table = cohort(
        "patient_id,age_years,new_fracture,sex,BMI (kg/m2)\n"
        "1,71,1,F,20.5\n2,72,0,F,22.25\n3,60,0,M,21\n");
    const AnalysisPlan plan = plan_analysis(table, {.predictors = {"age_years", "BMI (kg/m2)"}});
    for (const ScriptProgram program : {ScriptProgram::spss, ScriptProgram::stata}) {
        const std::string text =
            analysis_script(program, analysis_cohort(table), plan, "cohort.csv").text;
        EXPECT_NE(text.find("age_years BMI_kg_m2"), std::string::npos) << text;
        EXPECT_NE(text.find("lacks follow_up_months."), std::string::npos) << text;
        EXPECT_EQ(text.find('@'), std::string::npos) << text;
        EXPECT_EQ(text.find("BMI ("), std::string::npos) << text;
    }
}

TEST_F(AnalysisScriptOf, AnOutcomeThatIsNoneIsRefused) {
    const CohortTable table = cohort("patient_id,age_years,dead\n1,71,1\n2,72,0\n");
    EXPECT_EQ(plan_analysis(table, {.outcome = "dead"}).outcome, "dead");
    using testing::refusal;
    EXPECT_EQ(refusal([&] { plan_analysis(table, {.outcome = "deaf"}); }), ErrorCode::usage);
    EXPECT_EQ(refusal([&] { plan_analysis(table, {.predictors = {"patient_id"}}); }),
              ErrorCode::usage);
}

}  // namespace
}  // namespace paraspinal

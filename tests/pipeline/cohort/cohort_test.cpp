// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "pipeline/cohort/compare_groups.h"
#include "pipeline/cohort/models/cohort_models.h"
#include "pipeline/cohort/models/model_text.h"
#include "pipeline/cohort/models/regression_table.h"
#include "pipeline/cohort/paired_table.h"
#include "pipeline/cohort/roc_table.h"
#include "pipeline/tables/cohort_table.h"
#include "pipeline/tables/text_table.h"
#include "risk/model/load_risk_model.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

CohortTable reference_cohort(const std::string& name) {
    return read_cohort(testing::source_folder() / "tests" / "risk" / "reference" / name);
}

std::vector<std::string> row_of(const TextTable& table, const std::string& variable) {
    for (const std::vector<std::string>& row : table.rows) {
        if (row.front() == variable) {
            return row;
        }
    }
    ADD_FAILURE() << "no row " << variable;
    return std::vector<std::string>(table.columns.size());
}

// Counts, percentages and moments of Reyhani Yassavoly et al. 2025, Table 2; P values as the audit
// recomputes them.
TEST(Cohort, ReproducesTheBraceTableOfTheKyphoplastyPaper) {
    const TextTable table = compare_cohort(
        reference_cohort("kyphoplasty251.csv"),
        {.by = "brace", .number_test = NumberTest::student, .class_test = ClassTest::pearson});
    EXPECT_EQ(table.columns[1], "yes (n = 31)");
    EXPECT_EQ(table.columns[2], "no (n = 220)");
    const auto age = row_of(table, "age_years");
    EXPECT_EQ(age[1], "74.90 ± 5.60");
    EXPECT_EQ(age[2], "73.10 ± 6.40");
    EXPECT_EQ(age[5], "0.138");
    EXPECT_EQ(row_of(table, "male (yes)")[1], "9 (29.0 %)");
    EXPECT_EQ(row_of(table, "male (yes)")[2], "59 (26.8 %)");
    EXPECT_EQ(row_of(table, "adjacent_fracture (yes)")[2], "17 (7.7 %)");
    const auto remote = row_of(table, "remote_fracture (yes)");
    EXPECT_EQ(remote[1], "0 (0.0 %)");
    EXPECT_EQ(remote[2], "9 (4.1 %)");
    EXPECT_EQ(remote[5], "0.251");
    EXPECT_EQ(row_of(table, "- two")[1], "12 (38.7 %)");
}

// Table 3 of the same article.
TEST(Cohort, ReproducesTheLeakageTableOfTheKyphoplastyPaper) {
    const TextTable table =
        compare_cohort(reference_cohort("kyphoplasty251.csv"),
                       {.by = "leakage_type",
                        .groups = {"spike", "round"},
                        .columns = {"age_years", "adjacent_fracture", "levels"}});
    EXPECT_EQ(row_of(table, "age_years")[1], "78.40 ± 6.80");
    EXPECT_EQ(row_of(table, "age_years")[4], "Mann-Whitney U");
    const auto adjacent = row_of(table, "adjacent_fracture (yes)");
    EXPECT_EQ(adjacent[1], "7 (77.8 %)");
    EXPECT_EQ(adjacent[2], "0 (0.0 %)");
    EXPECT_EQ(adjacent[4], "Fisher exact");
    EXPECT_EQ(adjacent[5], "0.109");
}

TEST(SplitList, TakesTheNamesBetweenCommas) {
    EXPECT_EQ(split_list(" csa_cm2, fdr pct ,,"), (std::vector<std::string>{"csa_cm2", "fdr pct"}));
    EXPECT_TRUE(split_list(" , ").empty());
    EXPECT_EQ(split_list("a,\"b, of L3\" ,c"), (std::vector<std::string>{"a", "b, of L3", "c"}));
    EXPECT_EQ(split_list("<&\">,b"), (std::vector<std::string>{"<&\">", "b"}));
}

TEST(Cohort, ComparisonNeedsTwoGroupsAndNamesThoseThereAre) {
    try {
        compare_cohort(reference_cohort("kyphoplasty251.csv"),
                       {.by = "leakage_type", .groups = {"round"}});
        FAIL() << "accepted";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::usage);
        EXPECT_STREQ(error.what(),
                     "a comparison needs two groups, or a few; name them with --groups A,B out of: "
                     "none, round, spike");
    }
}

TEST(Cohort, LogisticTableWarnsOfFewEventsAndSeparation) {
    const LogisticTables tables = logistic_cohort(
        reference_cohort("endometrial.csv"), {.outcome = "HG", .predictors = {"NV", "PI", "EH"}});
    ASSERT_EQ(tables.warnings.size(), 1U);
    EXPECT_TRUE(tables.warnings[0].starts_with("SEPARATION"));
    const LogisticTables firth =
        logistic_cohort(reference_cohort("endometrial.csv"),
                        {.outcome = "HG", .predictors = {"NV", "PI", "EH"}, .firth = true});
    EXPECT_TRUE(firth.warnings.empty());
    EXPECT_EQ(row_of(firth.table, "NV")[3], "2.929");
}

// What a forest plot is drawn from says what the table does.
TEST(Cohort, OddsRatiosOfTheFigureAreThoseOfTheTable) {
    CohortTable cohort{.patients = 40};
    CohortColumn event{.name = "new_fracture", .header = "", .kind = ColumnKind::yes_no};
    CohortColumn tiny{.name = "tiny", .header = "", .kind = ColumnKind::number};
    CohortColumn apart{.name = "apart", .header = "", .kind = ColumnKind::yes_no};
    for (int i = 0; i < 40; ++i) {
        const bool has_event = i % 3 == 0;
        event.texts.emplace_back(has_event ? "1" : "0");
        event.numbers.emplace_back(has_event ? 1 : 0);
        tiny.numbers.emplace_back(1e-6 * ((i * 7) % 11 + (has_event ? 2 : 0)));
        tiny.texts.emplace_back("x");
        const bool is_apart = has_event && i < 15;
        apart.numbers.emplace_back(is_apart ? 1 : 0);
        apart.texts.emplace_back(is_apart ? "1" : "0");
    }
    cohort.columns = {event, tiny, apart};
    const LogisticTables tables = logistic_cohort(cohort, {.predictors = {"tiny", "apart"}});
    ASSERT_EQ(tables.ratios.size(), 2U);
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_EQ(tables.ratios[i].text, tables.table.rows[i][7]);
    }
    EXPECT_NE(tables.ratios[0].text.find(" per SD"), std::string::npos);
    EXPECT_TRUE(std::isinf(tables.ratios[1].logits.high)) << "separated";
    EXPECT_TRUE(std::isfinite(tables.ratios[1].logits.low)) << "one end there is";
}

TEST(Cohort, RocTableTurnsFactorsRound) {
    const CohortTable cohort = reference_cohort("cohort250.csv");
    const RocOptions options{.factors = {"csa_cm2"}};
    const TextTable table = roc_table(cohort, roc_cohort(cohort, options), options);
    EXPECT_TRUE(row_of(table, "csa_cm2")[3].starts_with("< 31.34 ["));
}

// Brace group: 1 event in 10.2 years, the others 4 in 36.8; R 4.2.2: poisson.test(c(1, 4), c(122,
// 442)).
TEST(Cohort, EventsHaveRatesAndUnlikeFollowUpIsSaid) {
    const testing::TemporaryFolder folder;
    const auto file = folder.path() / "c.csv";
    std::ofstream(file) << "brace,new_fracture,follow_up_months\n"
                           "yes,1,12\nyes,0,14\nyes,0,11.5\nyes,0,13\nyes,0,12.5\nyes,0,11\n"
                           "yes,0,15\nyes,0,10\nyes,0,10.5\nyes,0,12.5\n"
                           "no,1,40\nno,1,44\nno,1,46\nno,1,42\nno,0,43\nno,0,45\nno,0,41\n"
                           "no,0,47\nno,0,48\nno,0,46\n";
    const TextTable table = compare_cohort(read_cohort(file), {.by = "brace", .exact = true});
    const auto row = row_of(table, "new_fracture per 100 patient-years");
    EXPECT_TRUE(row[1].starts_with("1 in 10.2: 9.8 [")) << row[1];
    EXPECT_EQ(row[4], "exact rates");
    EXPECT_NEAR(std::stod(row[5]), 1.0, 1e-9);
    ASSERT_FALSE(table.notes.empty());
    EXPECT_TRUE(table.notes.front().starts_with("THE GROUPS WERE WATCHED FOR UNLIKE TIMES"));
}

TEST(Cohort, MoreThanTwoGroupsAreComparedTogether) {
    const TextTable table = compare_cohort(
        reference_cohort("kyphoplasty251.csv"),
        {.by = "leakage_type", .columns = {"age_years", "levels", "adjacent_fracture"}});
    EXPECT_EQ(table.columns[3], "spike (n = 9)");
    EXPECT_EQ(row_of(table, "age_years")[5], "Kruskal-Wallis");
    EXPECT_EQ(row_of(table, "levels")[5], "Pearson chi-square, low counts");
}

// R: exactRankTests, wilcox.exact(c(1,1,2,2,3,3), c(2,3,3,3,3,3)): 0.1515152.
TEST(Cohort, OrderedClassesAreComparedByRank) {
    CohortColumn pain{
        .name = "pain", .kind = ColumnKind::ordered, .classes = {"None", "mild", "bad"}};
    CohortColumn brace{.name = "brace", .kind = ColumnKind::categorical};
    for (const char* const text : {"none", "none", "mild", "mild", "bad", "bad"}) {
        pain.texts.emplace_back(text);
        brace.texts.emplace_back("a");
    }
    for (const char* const text : {"mild", "bad", "bad", "bad", "bad", "bad"}) {
        pain.texts.emplace_back(text);
        brace.texts.emplace_back("b");
    }
    CohortTable cohort{.patients = 12, .columns = {pain, brace}};
    const TextTable table = compare_cohort(cohort, {.by = "brace"});
    EXPECT_EQ(row_of(table, "pain")[5], "0.152");
    EXPECT_TRUE(row_of(table, "pain")[3].starts_with("PS 0.2")) << row_of(table, "pain")[3];
    ASSERT_EQ(table.rows.size(), 4U);
    EXPECT_EQ(table.rows[1][0], "- none");
    EXPECT_EQ(table.rows[3][0], "- bad");
    cohort.columns[0].classes = {"none", "mild"};
    const std::vector<std::string> without =
        row_of(compare_cohort(cohort, {.by = "brace"}), "pain");
    EXPECT_NE(without[5], "0.152") << "bad has no place in the order";
}

TEST(Cohort, ChangesWithinPatientsAreTestedGroupByGroup) {
    const testing::TemporaryFolder folder;
    const auto file = folder.path() / "c.csv";
    std::ofstream(file) << "brace,vas_pre,vas_post,pain_pre,pain_post\n"
                           "yes,9,2,1,0\nyes,8,1,1,0\nyes,7,3,1,0\nyes,9,,1,1\n"
                           "no,8,1,1,0\nno,9,2,1,1\nno,10,4,0,1\nno,8,2,1,0\n";
    const CohortTable cohort = read_cohort(file);
    const TextTable all = paired_cohort(cohort, {});
    ASSERT_EQ(all.rows.size(), 2U);
    EXPECT_EQ(all.rows[0][0], "vas_pre to vas_post");
    EXPECT_EQ(all.rows[0][2], "7");
    EXPECT_EQ(all.rows[0][6], "Wilcoxon signed rank");
    EXPECT_EQ(all.rows[0][7], "0.016");
    EXPECT_EQ(all.rows[1][6], "McNemar exact");
    const TextTable groups = paired_cohort(
        cohort, {.pairs = {{.first = "vas_pre", .second = "vas_post"}}, .by = "brace"});
    ASSERT_EQ(groups.rows.size(), 2U);
    EXPECT_EQ(groups.rows[1][1], "brace yes");
    EXPECT_EQ(groups.rows[1][2], "3");
    EXPECT_THROW(paired_cohort(reference_cohort("kyphoplasty251.csv"), {}), Error);
}

TEST(Cohort, ClassesAreComparedWithTheirReference) {
    const RegressionOptions options{
        .outcome = "adjacent_fracture", .predictors = {"leakage_type", "age_years"}, .firth = true};
    const CohortTable cohort = reference_cohort("kyphoplasty251.csv");
    const LogisticTables commonest = logistic_cohort(cohort, options);
    EXPECT_EQ(commonest.table.rows[0][0], "leakage_type: round (against none)");
    EXPECT_EQ(commonest.table.rows.size(), 4U);
    RegressionOptions spike = options;
    spike.reference = {{"leakage_type", "Spike"}};
    EXPECT_EQ(logistic_cohort(cohort, spike).table.rows[0][0],
              "leakage_type: none (against spike)");
    spike.reference = {{"leakage_type", "none at all"}};
    EXPECT_THROW(logistic_cohort(cohort, spike), Error);
}

TEST(Cohort, AValidationWithoutCorrectionSaysSo) {
    const std::vector<double> risk{0.2, 0.6, 0.7, 0.4};
    const std::vector<std::uint8_t> event{0, 1, 0, 1};
    const ModelValidation validation = validate_predictions({.score = risk, .event = event});
    EXPECT_NE(validation_text(validation, {.failed = 10}).find("NOT CORRECTED FOR OPTIMISM"),
              std::string::npos);
    EXPECT_EQ(validation_text(validation, {}).find("NOT CORRECTED"), std::string::npos);
}

TEST(Cohort, CompleteCasesAreCounted) {
    const testing::TemporaryFolder folder;
    const auto file = folder.path() / "c.csv";
    std::ofstream(file) << "new_fracture,age_years\nyes,70\nno,\n,71\nno,72\n";
    const CompleteCases cases = complete_cases(read_cohort(file), "new_fracture", {"age_years"});
    EXPECT_EQ(cases.left_out, 2U);
    EXPECT_EQ(cases.rows, (std::vector<std::size_t>{0, 3}));
    EXPECT_EQ(cases.events, 1U);
    EXPECT_THROW(complete_cases(read_cohort(file), "age_years", {"age_years"}), Error);
}

TEST(TextTable, FitsATerminalOfEightyColumns) {
    const TextTable table{.columns = {"name", "text"},
                          .rows = {{"a", std::string(200, 'x')}, {"b", "word word"}}};
    std::istringstream stream(terminal_text(table));
    for (std::string line; std::getline(stream, line);) {
        EXPECT_LE(line.size(), 80U);
    }
}

TEST(ModelPatients, ImageValuesOfAnotherLevelAreNotThoseOfTheModel) {
    const testing::TemporaryFolder folder;
    const auto file = folder.path() / "c.csv";
    std::ofstream(file) << "patient_id,new_fracture,age_years,csa_cm2,level,level_source\n"
                           "A,yes,70,30.5,L3,sagittal\nB,no,71,31.5,L4,operator\n"
                           "C,no,72,29.5,,\nD,yes,69,33.5,L3,sagittal\n";
    CohortTable cohort = read_cohort(file);
    EXPECT_EQ(drop_other_levels(cohort), 1U);
    const CohortColumn& csa = cohort_column(cohort, "csa_cm2");
    EXPECT_EQ(csa.numbers[0], 30.5);
    EXPECT_FALSE(csa.numbers[1].has_value());
    EXPECT_EQ(csa.numbers[2], 29.5);
    EXPECT_EQ(cohort_column(cohort, "age_years").numbers[1], 71);
}

TEST(ModelPatients, CountsThoseWhoWereMeasuredOtherwiseThanThePublished) {
    const testing::TemporaryFolder folder;
    std::ofstream(folder.path() / "c.csv")
        << "new_fracture,age_years,fdr_pct,roi,fat_method,fat_guard\n1,70,30,fascial,reference,on\n"
           "0,71,31,muscle,reference,on\n0,72,32,fascial,otsu,off\n";
    const RiskModel model = load_risk_model("yang2025");
    const ModelPatients patients =
        model_patients(read_cohort(folder.path() / "c.csv"), "new_fracture", model);
    EXPECT_EQ(patients.otherwise, 2U);
    EXPECT_EQ(patients_warnings(patients, {}).back().substr(0, 15), "2 of 3 patients");
}

TEST(TextTable, EscapesWhatEachFormatMeansOtherwise) {
    const TextTable table{.columns = {"a|b"}, .rows = {{"<1 & 2"}}};
    EXPECT_NE(markdown_text(table).find("a\\|b"), std::string::npos);
    EXPECT_NE(html_text(table, "T").find("&lt;1 &amp; 2"), std::string::npos);
    EXPECT_THROW(formatted(table, "pdf", "T"), Error);
}

}  // namespace
}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// Tables on which statistics were once found to mislead, with R's figures (4.2.2: stats,
// exactRankTests, pROC, MASS, own penalized likelihood). Each test stands for a kind of table.
#include "tests/cli/csv_answer.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace paraspinal::testing {
namespace {

std::string table(const std::string& name) {
    return (source_folder() / "tests" / "cases_statistics" / name).string();
}

Arguments logistic_arguments(const std::string& file,
                             const std::string& outcome,
                             const std::string& predictors,
                             const Arguments& more) {
    Arguments arguments{
        "cohort", "logistic", table(file), "--outcome", outcome, "--predictors", predictors};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

Csv logistic(const std::string& file,
             const std::string& outcome,
             const std::string& predictors,
             const Arguments& more = {}) {
    return Csv(logistic_arguments(file, outcome, predictors, more));
}

std::string logistic_text(const std::string& file,
                          const std::string& outcome,
                          const std::string& predictors,
                          const Arguments& more = {}) {
    return run(logistic_arguments(file, outcome, predictors, more)).out;
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(StatisticsCases, PAndIntervalOfFirthAreOfOneKind) {
    const Csv csv = logistic("l08.csv", "outcome", "age,skew,dm,ex,tiny", {"--firth"});
    EXPECT_NEAR(csv.number("skew", "or"), 1.720, 5e-4);
    EXPECT_NEAR(csv.number("skew", "or_low"), 1.120, 5e-4);
    EXPECT_NEAR(csv.number("skew", "or_high"), 4.804, 5e-4);
    EXPECT_NEAR(csv.number("skew", "P (multivariable)"), 0.0076, 5e-5);
    EXPECT_EQ(csv.text("skew", "interval"), "penalized profile likelihood");
}

TEST(StatisticsCases, SeparationShowsNoNumberOfALastIterateAndIsSaidInTableAndFile) {
    EXPECT_NEAR(logistic("reyhani_leak.csv", "avf", "spike", {"--firth"}).number("spike", "P"),
                0.0663,
                5e-5);
    const Csv csv = logistic("reyhani_leak.csv", "avf", "spike");
    for (const char* const column : {"B", "SE"}) {
        EXPECT_EQ(csv.text("spike", column), "");
    }
    EXPECT_TRUE(has(csv.text("spike", "warning"), "SEPARATION"));
    EXPECT_EQ(csv.text("spike", "or"), "inf");
    EXPECT_TRUE(has(logistic_text("reyhani_leak.csv", "avf", "spike"), "SEPARATION"));
    EXPECT_FALSE(has(logistic_text("reyhani_leak.csv", "avf", "spike"), "210002"));
}

TEST(StatisticsCases, CollinearPredictorsAreNamedAndHaveFiniteProfileBounds) {
    const Csv csv =
        logistic("ownmeasure.csv", "new_fracture", "csa_cm2,fa_cm2,lean_csa_cm2", {"--profile"});
    EXPECT_NEAR(csv.number("fa_cm2", "b"), -223.7986, 1e-3);
    EXPECT_NEAR(csv.number("fa_cm2", "b_low"), -952.07, 0.5);
    EXPECT_NEAR(csv.number("fa_cm2", "b_high"), 499.28, 0.5);
    EXPECT_NEAR(csv.number("fa_cm2", "vif") / 14018491.6, 1, 1e-3);
    EXPECT_TRUE(has(csv.text("fa_cm2", "warning"), "COLLINEAR"));
}

TEST(StatisticsCases, UnivariableOddsRatiosStandOnTheirOwnPatients) {
    const Csv csv = logistic("unimiss.csv", "new_fracture", "age,mri");
    EXPECT_NEAR(csv.number("age_years", "univariable_or"), 1.094818, 1e-6);
    EXPECT_EQ(csv.text("age_years", "n_univariable"), "200");
    EXPECT_EQ(csv.text("age_years", "n"), "75");
    EXPECT_TRUE(has(logistic_text("unimiss.csv", "new_fracture", "age,mri"), "75 patients"));
}

TEST(StatisticsCases, NumbersOfAnyScaleAreReadable) {
    const Arguments compare{"cohort", "compare", table("tinyscale.csv"), "--by", "new_fracture"};
    EXPECT_TRUE(has(run(compare).out, "0.000050 ±"));
    EXPECT_FALSE(has(run(compare).out, "0.00 ± 0.00"));
    EXPECT_NEAR(Csv(compare).number("pth_ug_ml", "P"), 0.004, 5e-4);
    EXPECT_TRUE(has(logistic_text("tinyscale.csv", "new_fracture", "pth_ug_ml"), "per SD"));
    EXPECT_NEAR(logistic("tinyscale.csv", "new_fracture", "pth_ug_ml").number("pth_ug_ml", "b"),
                -47350.8,
                0.1);
    for (const char* const column : {"big", "huge", "small", "off", "tiny_off"}) {
        EXPECT_TRUE(has(logistic_text("scale.csv", "y", column), "per SD")) << column;
        EXPECT_NEAR(logistic("scale.csv", "y", column).number(column, "Wald"), 14.501, 0.01)
            << column;
    }
}

TEST(StatisticsCases, MannWhitneyOfFewIsExactWithTies) {
    EXPECT_NEAR(Csv({"cohort", "compare", table("mwflip.csv"), "--by", "g"}).number("vas", "P"),
                0.0793651,
                1e-7);
}

TEST(StatisticsCases, AnAreaOfOneHasAnIntervalThatKnowsN) {
    const Csv csv({"cohort", "compare", table("sep_small.csv"), "--by", "grp"});
    EXPECT_EQ(csv.number("x", "effect"), 1);
    EXPECT_NEAR(csv.number("x", "effect_low"), 0.5397, 5e-5);
    EXPECT_TRUE(has(csv.text("x", "note"), "Newcombe"));
}

TEST(StatisticsCases, RisksThatRoundToOneAreNamedAndDoNotStopTheTable) {
    const ProgramRun validate = run({"model", "validate", table("yangval_ext.csv")});
    EXPECT_TRUE(has(validate.err, "the risk of patient 1 is certainty"));
    EXPECT_TRUE(has(validate.out, "Patients 300"));
    run({"model", "calibrate", table("yangval_ext.csv")});
    const ProgramRun fit = run({"model",
                                "fit",
                                table("strong.csv"),
                                "--outcome",
                                "y",
                                "--predictors",
                                "x,w",
                                "--bootstrap",
                                "10"});
    EXPECT_TRUE(has(fit.out, "Patients 400"));
    EXPECT_FALSE(has(fit.out, " inf "));
}

TEST(StatisticsCases, MeanRiskOfAFirthModelIsTheRate) {
    const ProgramRun fit = run({"model",
                                "fit",
                                table("rare.csv"),
                                "--outcome",
                                "remote",
                                "--predictors",
                                "age_years,multi,csa_cm2",
                                "--firth",
                                "--bootstrap",
                                "10"});
    EXPECT_TRUE(has(fit.out, "3.6 %, 3.6 %"));
    EXPECT_TRUE(has(fit.out, "FLIC"));
    // One AUC, of these patients; none that rests on an assumption.
    EXPECT_FALSE(has(fit.out, "AUC        "));
}

TEST(StatisticsCases, TheCardSaysItsOwnCalibrationSlope) {
    const ProgramRun show = run({"model", "show", "yang2025"});
    EXPECT_TRUE(has(show.out, "slope 0.38")) << show.out;
    EXPECT_TRUE(has(show.out, "65 %"));
    EXPECT_TRUE(has(show.out, "yang2025_shrunk"));
    const ProgramRun printed =
        run({"model", "validate", table("yangval.csv"), "--model", "yang2025"});
    const ProgramRun shrunk =
        run({"model", "validate", table("yangval.csv"), "--model", "yang2025_shrunk"});
    EXPECT_TRUE(has(printed.out, "Calibration slope           0.4"));
    EXPECT_TRUE(has(shrunk.out, "Calibration slope           1.1")) << shrunk.out;
}

TEST(StatisticsCases, MeasurementIntervalsAreTakenForWhatTheyAre) {
    // The patient of the clinical table is 78; a table of somebody of 61 is refused by now.
    const TemporaryFolder folder;
    std::string measured = content_of(table("measurements90.csv"));
    measured.replace(measured.find(",F,61,"), 6, ",F,78,");
    const std::filesystem::path file = folder.path() / "measurements.csv";
    std::ofstream(file, std::ios::binary) << measured;
    const ProgramRun risk =
        run({"risk", "--clinical", table("clin90.csv"), "--measurements", file.string()});
    EXPECT_EQ(cell(risk.out, "risk_low_pct"), "0.08");
    EXPECT_EQ(cell(risk.out, "risk_high_pct"), "99.99");
}

// R 4.2.2: psych::ICC of each structure and side alone.
TEST(StatisticsCases, AgreementIsThatOfEachStructureAndSide) {
    const Csv csv({"agree", table("ra.csv"), table("rb.csv"), "--key", "study_uid,structure,side"});
    EXPECT_NEAR(std::stod(csv.cell_where("group", "multifidus right", "icc_2_1")), 0.667, 5e-4);
    EXPECT_NEAR(std::stod(csv.cell_where("group", "erector spinae right", "icc_2_1")), 0.642, 5e-4);
    const Csv pooled({"agree",
                      table("ra.csv"),
                      table("rb.csv"),
                      "--key",
                      "study_uid,structure,side",
                      "--pooled"});
    EXPECT_NEAR(
        std::stod(pooled.cell_where("group", "all structures pooled", "icc_2_1")), 0.962, 5e-4);
    const ProgramRun both = run({"agree", table("mus1.csv"), table("mus2.csv")});
    EXPECT_TRUE(has(both.out, "7 rows joined by study_uid, structure, side")) << both.out;
    EXPECT_FALSE(has(both.err, "rows have no key"));
}

TEST(StatisticsCases, OneUnreadableCellIsNamedAndDoesNotMakeClasses) {
    const ProgramRun with = run({"cohort", "compare", table("bdl.csv"), "--by", "new_fracture"});
    EXPECT_TRUE(has(with.err, "'<0.6'")) << with.err;
    EXPECT_TRUE(has(with.out, "Welch"));
    EXPECT_LT(
        Csv({"cohort", "compare", table("bdl.csv"), "--by", "new_fracture"}).number("crp", "P"),
        0.001);
}

TEST(StatisticsCases, YesAndNoWrittenAsOneAndZeroWithDecimals) {
    const Csv csv({"cohort", "compare", table("pandas01.csv"), "--by", "grp"});
    EXPECT_EQ(csv.text("diabetes (yes)", "new (n = 64)"), "13 (20.3 %)");
    EXPECT_NEAR(csv.number("diabetes (yes)", "P"), 0.0184590, 1e-7);
    EXPECT_NEAR(csv.number("diabetes (yes)", "effect"), 2.52, 5e-3);
}

TEST(StatisticsCases, FiguresWithAnyNamesAreValidAndWhole) {
    const TemporaryFolder folder;
    const std::string picture = (folder.path() / "roc.svg").string();
    std::string factors =
        "P1NP <60 & β-CTX,\"CSA/VB ratio at the inferior endplate of L3, "
        "multifidus and erector spinae of both sides (cm²)\"";
    for (int i = 0; i < 21; ++i) {
        factors += ",factor" + std::to_string(i);
    }
    run({"cohort",
         "roc",
         table("svgnames.csv"),
         "--outcome",
         "y",
         "--factors",
         factors,
         "--picture",
         picture,
         "--bootstrap",
         "20"});
    const std::string svg = content_of(picture);
    EXPECT_TRUE(has(svg, "P1NP &lt;60 &amp; β-CTX"));
    EXPECT_FALSE(has(svg, "<60"));
    EXPECT_TRUE(has(svg, "factor20: "));
}

}  // namespace
}  // namespace paraspinal::testing

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/labels/summarize_scores.h"

#include "pipeline/compare/labels/evaluation_report.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

RegionScore score(double dice, double area_mm2, double reference_mm2) {
    RegionScore made{.region = "psoas_left",
                     .overlap = {.first_area_mm2 = area_mm2,
                                 .second_area_mm2 = reference_mm2,
                                 .dice = dice,
                                 .hausdorff95_mm = std::nullopt,
                                 .mean_surface_distance_mm = std::nullopt},
                     .fdr_pct = std::nullopt,
                     .reference_fdr_pct = std::nullopt};
    if (area_mm2 > 0) {
        made.overlap.hausdorff95_mm = 10 * (1 - dice);
        made.overlap.mean_surface_distance_mm = 2 * (1 - dice);
    }
    return made;
}

std::vector<CaseScore> cases() {
    std::vector<CaseScore> made;
    for (const auto& [dice, area] :
         {std::pair{0.9, 110.0}, {0.8, 220.0}, {0.7, 330.0}, {0.0, 0.0}}) {
        made.push_back({.name = "c",
                        .failure = "",
                        .regions = {score(dice, area, area > 0 ? area / 1.1 : 50)}});
    }
    made.push_back({.name = "broken, \"x\"", .failure = "unreadable_file", .regions = {}});
    return made;
}

TEST(SummarizeScores, CountsMeansAndMisses) {
    const auto summary = summarize_scores(cases(), regions_of(kStructures));
    ASSERT_EQ(summary.size(), 1U);
    const RegionSummary& psoas = summary.front();
    EXPECT_EQ(psoas.slices, 4);
    EXPECT_EQ(psoas.missed, 1);
    EXPECT_EQ(psoas.invented, 0);
    EXPECT_NEAR(psoas.dice.mean, 0.6, 1e-12);
    EXPECT_NEAR(psoas.dice_p5, 0.15 * 0.7, 1e-12) << "5 % of three steps from 0 to 0.7";
    EXPECT_EQ(psoas.hausdorff95_mm.n, 3) << "a miss has no distance";
    EXPECT_NEAR(psoas.hausdorff95_mm.mean, 2, 1e-12);
    EXPECT_NEAR(psoas.area_error_pct.mean, (10 + 10 + 10 - 100) / 4.0, 1e-9);
    EXPECT_NEAR(psoas.area_bias_pct.value(), 100 * (660 - 650) / 650.0, 1e-9);
    EXPECT_EQ(psoas.area_mm2.pairs, 4);
    EXPECT_EQ(psoas.fdr_pct.reason, "too_few_pairs");
}

Evaluation evaluation() {
    Evaluation made;
    made.cases = cases();
    made.summary = summarize_scores(made.cases, regions_of(kStructures));
    made.failed = 1;
    return made;
}

TEST(EvaluationReport, FitsATerminalAndNamesTheModel) {
    const std::string text = evaluation_text(evaluation(), "outline 1.2.3 (abc)");
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) {
        EXPECT_LE(line.size(), 80U) << line;
    }
    EXPECT_EQ(text.find("4 slices scored, 1 failed; model outline 1.2.3 (abc)"), 0U) << text;
    EXPECT_EQ(text.find("nan"), std::string::npos);
}

TEST(EvaluationReport, HasARowForEachSliceAndFailure) {
    const std::string csv = evaluation_cases_csv(evaluation());
    EXPECT_EQ(std::ranges::count(csv, '\n'), 6);
    EXPECT_NE(csv.find("\"broken, \"\"x\"\"\",unreadable_file,,"), std::string::npos) << csv;
    const nlohmann::json document = nlohmann::json::parse(evaluation_json(evaluation(), "m"));
    EXPECT_EQ(document.at("cases").size(), 5U);
    EXPECT_TRUE(document.at("cases").at(3).at("hausdorff95_mm").is_null());
    EXPECT_EQ(document.at("cases").at(4).at("reason"), "unreadable_file");
    EXPECT_DOUBLE_EQ(document.at("summary").at(0).at("dice_mean").get<double>(), 0.6);
}

}  // namespace
}  // namespace paraspinal

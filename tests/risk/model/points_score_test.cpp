// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/model/points_score.h"

#include "core/error.h"
#include "risk/model/load_points_score.h"
#include "risk/model/load_risk_model.h"
#include "tests/support/shared_data.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

using nlohmann::json;
using Values = std::vector<std::optional<double>>;

std::string invented_file() {
    return (testing::source_folder() / "tests/risk/model/invented_score.json").string();
}

json invented() {
    return json::parse(std::ifstream(invented_file()));
}

PointsScore score() {
    return load_points_score(invented_file());
}

std::string complaint_about(const json& card) {
    try {
        parse_points_score(card.dump());
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::malformed_file);
        return error.message();
    }
    return "accepted";
}

TEST(PointsScore, AddsThePointsOfTheBandsThatValuesReach) {
    EXPECT_EQ(estimate_points(score(), Values{0, 29.9}).low_points, 0);
    EXPECT_EQ(estimate_points(score(), Values{0, 30}).low_points, 1);
    EXPECT_EQ(estimate_points(score(), Values{1, 30}).low_points, 3);
    const PointsEstimate most = estimate_points(score(), Values{1, 90});
    EXPECT_EQ(most.low_points, 5);
    EXPECT_EQ(most.high_points, 5);
    EXPECT_EQ(most.stratum, "high");
    EXPECT_DOUBLE_EQ(most.risk.value(), 0.6);
    // R: prop.test(6, 10, correct = FALSE)$conf.int
    EXPECT_NEAR(most.low.value(), 0.3126738, 1e-6);
    EXPECT_NEAR(most.high.value(), 0.8318197, 1e-6);
}

TEST(PointsScore, ABarePercentageHasNoInterval) {
    const PointsEstimate middle = estimate_points(score(), Values{1, 0});
    EXPECT_DOUBLE_EQ(middle.risk.value(), 0.2);
    EXPECT_FALSE(middle.low || middle.high);
}

TEST(PointsScore, AMissingItemLeavesTheSumBetweenTwoEnds) {
    const PointsEstimate estimate = estimate_points(score(), Values{std::nullopt, 90});
    EXPECT_EQ(estimate.low_points, 3);
    EXPECT_EQ(estimate.high_points, 5);
    EXPECT_EQ(estimate.missing, std::vector<std::string>{"cleft"});
    EXPECT_FALSE(estimate.risk) << "two strata are possible";
    EXPECT_EQ(estimate.stratum, "");
    EXPECT_DOUBLE_EQ(estimate.low.value(), 0.2);
    EXPECT_NEAR(estimate.high.value(), 0.8318197, 1e-6);
    const PointsEstimate sure = estimate_points(score(), Values{1, std::nullopt});
    EXPECT_EQ(sure.low_points, 2);
    EXPECT_EQ(sure.high_points, 5);
}

TEST(PointsScore, RefusesWhatNobodyCanHave) {
    EXPECT_THROW(estimate_points(score(), Values{0.5, 3}), Error);
    EXPECT_THROW(estimate_points(score(), Values{0, -1}), Error);
    EXPECT_THROW(estimate_points(score(), Values{0}), Error);
}

TEST(PointsScore, NamesTheFieldThatIsWrong) {
    json card = invented();
    card["items"][1]["points"][1]["from"] = 0;
    EXPECT_EQ(complaint_about(card), "items[1].points: must rise by \"from\"");
    card = invented();
    card["risks"][0]["from"] = 1;
    EXPECT_EQ(complaint_about(card), "risks: must begin at the smallest sum of points");
    card = invented();
    card["items"][1]["possible_range"]["low"] = -5;
    EXPECT_EQ(complaint_about(card), "items[1].points: must begin at the smallest possible value");
    card = invented();
    card["items"][1]["key"] = "cleft";
    EXPECT_EQ(complaint_about(card), "items[1].key: appears twice");
    card = invented();
    card["risks"][2]["events"] = 11;
    EXPECT_EQ(complaint_about(card), "risks[2].events: is more than the patients");
}

TEST(PointsScore, IsNotTakenFromASourceThatNobodyHasRead) {
    json card = invented();
    card["source"]["read_in_full"] = false;
    EXPECT_NE(complaint_about(card).find("source.read_in_full: must be true"), std::string::npos);
    card["source"].erase("read_in_full");
    EXPECT_EQ(complaint_about(card), "source.read_in_full: is missing");
}

// The example is to be filled in; until then nobody gets points out of it.
TEST(PointsScore, TheExampleHoldsNoPoints) {
    json card =
        json::parse(std::ifstream(testing::source_folder() / "docs" / "points_score_example.json"));
    EXPECT_NE(complaint_about(card).find("must be true"), std::string::npos);
    card["source"]["read_in_full"] = true;
    EXPECT_EQ(complaint_about(card), "items[0].points[0].points: must be a number");
    for (json& item : card["items"]) {
        for (json& band : item["points"]) {
            band["points"] = band["from"] <= 0 ? 0 : 1;
        }
    }
    EXPECT_EQ(complaint_about(card), "risks[0].patients: must be a whole number, 0 or more");
    for (json& stratum : card["risks"]) {
        stratum["patients"] = 10;
        stratum["events"] = 1;
    }
    EXPECT_EQ(complaint_about(card), "accepted");
}

TEST(PointsScore, IsToldFromAModel) {
    EXPECT_TRUE(is_points_score(invented_file()));
    EXPECT_FALSE(is_points_score("yang2025"));
    EXPECT_FALSE(is_points_score("no such file"));
    try {
        load_risk_model(invented_file());
        FAIL();
    } catch (const Error& error) {
        EXPECT_NE(error.message().find("a score of points"), std::string::npos);
    }
}

}  // namespace
}  // namespace paraspinal

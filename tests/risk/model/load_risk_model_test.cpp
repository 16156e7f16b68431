// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/model/load_risk_model.h"

#include "core/error.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>

namespace paraspinal {
namespace {

using nlohmann::json;

json shipped_card() {
    return json::parse(built_in_model_card("yang2025"));
}

// The message with which a card altered by `damage` is refused.
std::string complaint(const std::function<void(json&)>& damage) {
    json card = shipped_card();
    damage(card);
    try {
        parse_risk_model(card.dump());
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::malformed_file);
        return error.what();
    }
    return "accepted";
}

TEST(LoadRiskModel, ReadsTheShippedCard) {
    const RiskModel model = load_risk_model("yang2025");
    EXPECT_EQ(model.name, "yang2025");
    EXPECT_EQ(model.doi, "10.3389/fmed.2025.1514894");
    EXPECT_EQ(model.events, 64);
    EXPECT_EQ(model.non_events, 186);
    EXPECT_TRUE(model.intercept_is_derived);
    ASSERT_EQ(model.predictors.size(), 16U);
    const Predictor& csa = model.predictors[predictor_index(model, "csa_cm2").value()];
    EXPECT_EQ(csa.coefficient, -0.572);
    EXPECT_EQ(csa.standard_error, 0.219);
    EXPECT_EQ(csa.unit, "cm2");
    EXPECT_EQ(csa.events, (GroupMoments{.mean = 30.36, .sd = 3.57}));
    EXPECT_EQ(csa.source, "Table 3, row CSA (cm²)");
    const Predictor& diabetes = model.predictors[predictor_index(model, "diabetes").value()];
    EXPECT_EQ(diabetes.kind, PredictorKind::binary);
    EXPECT_EQ(diabetes.events.mean, 20.0 / 64);
    EXPECT_DOUBLE_EQ(diabetes.events.sd, std::sqrt(20.0 / 64 * 44 / 64));
}

TEST(LoadRiskModel, AgeUsesTheStandardErrorOfItsWaldStatistic) {
    const RiskModel model = load_risk_model("yang2025");
    const Predictor& age = model.predictors.front();
    EXPECT_EQ(age.coefficient, 0.413);
    EXPECT_NEAR(age.standard_error, 0.413 / std::sqrt(5.327), 1e-6);
    ASSERT_EQ(age.other_readings.size(), 3U);
    const double center = (std::log(1.046) + std::log(1.852)) / 2;
    const double error = (std::log(1.852) - std::log(1.046)) / (2 * 1.959963984540054);
    EXPECT_EQ(age.other_readings[0].standard_error, 0.462);
    EXPECT_NEAR(age.other_readings[1].coefficient, std::log(1.519), 1e-6);
    EXPECT_NEAR(age.other_readings[2].coefficient, center, 1e-6);
    EXPECT_NEAR(age.other_readings[2].standard_error, error, 1e-6);
}

TEST(LoadRiskModel, RangesWithoutASourceAreThreeStandardDeviationsWide) {
    const RiskModel model = load_risk_model("yang2025");
    for (const Predictor& one : model.predictors) {
        if (one.kind == PredictorKind::binary || one.key == "age_years") {
            continue;
        }
        const auto edge = [&](double sds) {
            return std::pair(one.events.mean + sds * one.events.sd,
                             one.non_events.mean + sds * one.non_events.sd);
        };
        EXPECT_NEAR(one.published_range.low, std::min(edge(-3).first, edge(-3).second), 0.0051);
        EXPECT_NEAR(one.published_range.high, std::max(edge(3).first, edge(3).second), 0.0051);
    }
}

TEST(LoadRiskModel, NamesTheFieldThatIsWrong) {
    EXPECT_EQ(complaint([](json& card) { card.erase("version"); }), "version: is missing");
    EXPECT_EQ(complaint([](json& card) { card["predictors"][3]["coefficient"] = "big"; }),
              "predictors[3].coefficient: must be a number");
    EXPECT_EQ(complaint([](json& card) { card["predictors"][3].erase("coefficient"); }),
              "predictors[3].coefficient: is missing");
    EXPECT_EQ(complaint([](json& card) { card["predictors"][0]["cohort"]["events"]["sd"] = 0; }),
              "predictors[0].cohort.events.sd: must be above 0");
    EXPECT_EQ(
        complaint([](json& card) { card["predictors"][1]["cohort"]["events"]["count"] = 65; }),
        "predictors[1].cohort.events.count: is more than the patients of the group");
    EXPECT_EQ(
        complaint([](json& card) { card["predictors"][1]["cohort"]["events"]["count"] = -1; }),
        "predictors[1].cohort.events.count: must be a whole number, 0 or more");
    EXPECT_EQ(complaint([](json& card) { card["predictors"][2]["key"] = "age_years"; }),
              "predictors[2].key: appears twice");
    EXPECT_EQ(complaint([](json& card) { card["predictors"][2]["key"] = "Age"; }),
              "predictors[2].key: must be lower-case letters, digits and _");
    EXPECT_EQ(complaint([](json& card) { card["predictors"][2]["standard_error"] = -1; }),
              "predictors[2].standard_error: must not be negative");
    EXPECT_EQ(complaint([](json& card) { card["predictors"] = 5; }), "predictors: must be a list");
    EXPECT_EQ(complaint([](json& card) { card["predictors"] = json::array(); }),
              "predictors: must not be empty");
    EXPECT_EQ(complaint([](json& card) { card["predictors"][0]["possible_range"]["low"] = 500; }),
              "predictors[0].possible_range.high: must not be below low");
    EXPECT_EQ(complaint([](json& card) { card["cohort"]["events"] = 0; }),
              "cohort.events: must be above 0");
    EXPECT_EQ(complaint([](json& card) { card["intercept"].erase("assumption"); }),
              "intercept.assumption: is missing");
    EXPECT_EQ(complaint([](json& card) { card["schema_version"] = 2; }),
              "schema_version: must be 1");
    EXPECT_EQ(complaint([](json& card) {
                  card["covariance"] = json::array({1, 2});
              }),
              "covariance: must have 17 entries (intercept first)");
    EXPECT_EQ(complaint([](json& card) { card = json::array(); }), "document: must be an object");
}

TEST(LoadRiskModel, RefusesWhatIsNotJson) {
    try {
        parse_risk_model("{\"name\": ");
        FAIL() << "accepted";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::malformed_file);
        EXPECT_STREQ(error.what(), "not valid JSON at byte 10");
    }
}

TEST(LoadRiskModel, ReadsAFileAndNamesItInComplaints) {
    const testing::TemporaryFolder folder;
    const auto file = folder.path() / "mine.json";
    json card = shipped_card();
    card["name"] = "mine";
    std::ofstream(file) << card.dump();
    EXPECT_EQ(load_risk_model(file.string()).name, "mine");

    card.erase("predictors");
    std::ofstream(file) << card.dump();
    try {
        load_risk_model(file.string());
        FAIL() << "accepted";
    } catch (const Error& error) {
        EXPECT_EQ(std::string(error.what()), file.string() + ": predictors: is missing");
    }
}

TEST(LoadRiskModel, TakesTheBuiltInModelWhateverLiesInTheWorkingFolder) {
    const testing::TemporaryFolder folder;
    std::ofstream(folder.path() / "yang2025") << "no model card";
    const auto before = std::filesystem::current_path();
    std::filesystem::current_path(folder.path());
    EXPECT_EQ(load_risk_model("yang2025").name, "yang2025");
    EXPECT_THROW(load_risk_model("./yang2025"), Error);
    std::filesystem::current_path(before);
}

TEST(LoadRiskModel, SaysWhichModelsThereAre) {
    try {
        load_risk_model("yang2052");
        FAIL() << "accepted";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::input_not_found);
        EXPECT_STREQ(error.what(),
                     "no risk model yang2052: give the path of a JSON file or one of: yang2025, "
                     "yang2025_shrunk");
    }
}

}  // namespace
}  // namespace paraspinal

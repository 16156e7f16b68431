// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/norms/norms_card.h"

#include "risk/norms/fit_age_curve.h"
#include "tests/support/refusal.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

NormsCard card() {
    std::vector<Control> controls;
    for (int i = 0; i < 50; ++i) {
        controls.push_back({.age_years = 20.0 + i, .value = 40 - 0.1 * i + 5 * std::sin(7.0 * i)});
    }
    return {
        .software_version = "1.2.3",
        .method = {.level = "L3",
                   .outline_model = "outline",
                   .roi = "fascial",
                   .fat_method = "reference",
                   .fat_guard = "on",
                   .software_version = "1.2.2",
                   .pixel_low_mm = 0.6,
                   .pixel_high_mm = 0.7},
        .rows = 53,
        .entered = 50,
        .left_out = {{"failed", 2}, {"flagged", 1}},
        .curves = {{.sex = "F", .quantity = "csa_cm2", .curve = fit_age_curve(controls, false)}}};
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    return text.replace(text.find(what), what.size(), with);
}

TEST(NormsCard, ReadsBackWhatItWrote) {
    const std::string json = norms_json(card());
    const NormsCard read = parse_norms(json);
    EXPECT_EQ(norms_json(read), json);
    EXPECT_EQ(read.digest.size(), 16U);
    EXPECT_EQ(value_at(read.curves[0].curve, 33, 0.3), value_at(card().curves[0].curve, 33, 0.3));
}

TEST(NormsCard, RefusesWhatIsNoCard) {
    const std::string json = norms_json(card());
    for (const auto& [what, with] : std::vector<std::pair<std::string, std::string>>{
             {"paraspinal-norms", "paraspinal-risk-model"},
             {"\"format_version\": 1", "\"format_version\": 2"},
             {"\"controls\": 50", "\"controls\": 39"},
             {"\"scale\": \"", "\"scale\": \"x"},
             {"\"sex\": \"F\"", "\"sex\": \"O\""},
             {"\"left_out\"", "\"left\""},
             {"\"age_low_years\": 20.0", "\"age_low_years\": 90.0"},
             {"\"mean\": [", "\"mean\": [1, 2, 3, "}}) {
        ASSERT_NE(json.find(what), std::string::npos) << what;
        EXPECT_EQ(testing::refusal([&] { parse_norms(replaced(json, what, with)); }),
                  ErrorCode::malformed_file)
            << what;
    }
    EXPECT_EQ(testing::refusal([] { parse_norms("[]"); }), ErrorCode::malformed_file);
}

}  // namespace
}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/agreement_report.h"

#include "pipeline/compare/agreement_cells.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

TableAgreement result() {
    TableAgreement table{.key = {"study_uid"}, .joined = 4};
    for (const auto& [name, second] : std::vector<std::pair<std::string, std::vector<double>>>{
             {"erector_spinae_right_csa", {11, 19, 32, 39}},
             {"constant", {5, 5, 5, 5}},
             {"few", {1, NAN, NAN, 2}}}) {
        ColumnAgreement column{.column = name, .first = {10, 20, 30, 40}, .second = second};
        column.agreement = measure_agreement({.first = column.first, .second = column.second});
        table.columns.push_back(column);
    }
    return table;
}

std::vector<std::string> lines(const std::string& text) {
    std::istringstream stream(text);
    std::vector<std::string> found;
    for (std::string line; std::getline(stream, line);) {
        found.push_back(line);
    }
    return found;
}

TEST(AgreementReport, FitsATerminal) {
    const std::string text = agreement_text(result());
    for (const std::string& line : lines(text)) {
        EXPECT_LE(line.size(), 80U) << line;
    }
    EXPECT_NE(text.find("constant_column"), std::string::npos);
    EXPECT_NE(text.find("too_few_pairs"), std::string::npos);
    EXPECT_EQ(text.find("nan"), std::string::npos);
}

TEST(AgreementReport, HasOneCsvCellAColumnAndNoNan) {
    const std::vector<std::string> rows = lines(agreement_csv(result()));
    ASSERT_EQ(rows.size(), 4U);
    for (const std::string& row : rows) {
        EXPECT_EQ(std::ranges::count(row, ','), std::ranges::count(rows[0], ',')) << row;
        EXPECT_EQ(row.find("nan"), std::string::npos);
    }
    EXPECT_EQ(agreement_columns("x_").size(), agreement_cells(Agreement{}).size());
    EXPECT_EQ(agreement_columns("x_").front(), "x_pairs");
}

TEST(AgreementReport, WritesNullForWhatIsAbsent) {
    const nlohmann::json document = nlohmann::json::parse(agreement_json(result()));
    EXPECT_EQ(document.at("joined"), 4);
    const nlohmann::json& first = document.at("columns").at(0);
    EXPECT_EQ(first.at("pairs"), 4);
    EXPECT_DOUBLE_EQ(first.at("bias").get<double>(), -0.25);
    EXPECT_TRUE(document.at("columns").at(1).at("icc_2_1").is_null());
    EXPECT_EQ(document.at("columns").at(2).at("reason"), "too_few_pairs");
    EXPECT_TRUE(document.at("columns").at(2).at("mean_first").is_null());
}

TEST(AgreementCells, ShowAboutFourDigits) {
    EXPECT_EQ(decimals_for({.mean_first = 3512.4, .mean_second = 10}), 0);
    EXPECT_EQ(decimals_for({.mean_first = 35.1, .mean_second = 10}), 2);
    EXPECT_EQ(decimals_for({.mean_first = 0.02, .mean_second = -0.01}), 4);
    EXPECT_EQ(decimals_for({}), 3);
    EXPECT_EQ(correlation_text(IntervalEstimate{.value = 0.9456, .low = 0.8, .high = 1}),
              "0.946 [0.80, 1.00]");
    EXPECT_EQ(correlation_text(std::nullopt), "-");
}

}  // namespace
}  // namespace paraspinal

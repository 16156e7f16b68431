// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text.h"
#include "io/output_file.h"
#include "pipeline/norms/fit_norms.h"
#include "pipeline/norms/norms_csv.h"
#include "pipeline/norms/write_norms.h"
#include "tests/support/refusal.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

using Row = std::map<std::string, std::string>;

// A woman whose CSA falls with age and scatters around that.
Row woman(int number) {
    const double csa = 40 - 0.1 * number + 4 * std::sin(5.0 * number);
    const double fdr = 15 + 0.2 * number + 3 * std::cos(3.0 * number);
    return {{"patient_id", "w" + std::to_string(number)},
            {"patient_sex", "F"},
            {"patient_age_years", std::to_string(20 + number)},
            {"study_uid", "1.2." + std::to_string(number)},
            {"status", "ok"},
            {"level", "L3"},
            {"level_source", "sagittal"},
            {"outline_source", "model"},
            {"outline_model", "outline 1"},
            {"roi", "fascial"},
            {"pixel_row_mm", "0.6"},
            {"pixel_col_mm", number % 2 == 0 ? "0.6" : "0.7"},
            {"fat_method", "reference"},
            {"fat_guard", number % 3 == 0 ? "acted" : "on"},
            {"csa_cm2", fixed_text(csa, 3)},
            {"fdr_pct", fixed_text(fdr, 2)},
            {"csa_repeat_low_cm2", "1"},
            {"fdr_repeat_low_pct", "1"},
            {"review_status", ""},
            {"software_version", "1.0.0"}};
}

std::vector<Row> women(int count) {
    std::vector<Row> rows;
    for (int i = 0; i < count; ++i) {
        rows.push_back(woman(i));
    }
    return rows;
}

class Norms : public ::testing::Test {
  protected:
    std::filesystem::path table(const std::vector<Row>& rows) {
        std::string text;
        for (const auto& [column, cell] : rows.front()) {
            text += (text.empty() ? "" : ",") + column;
        }
        for (const Row& row : rows) {
            std::vector<std::string> cells;
            for (const auto& [column, cell] : row) {
                cells.push_back(cell);
            }
            text += "\n" + joined(cells, ",");
        }
        std::filesystem::path file = folder_.path() / "measurements.csv";
        write_file(file, text + "\n");
        return file;
    }
    NormsCard fitted(const std::vector<Row>& rows) { return fit_norms(table(rows), {}).card; }

    // Cell `column` of the line of `quantity` of `row` beside `card`.
    std::string beside(const NormsCard& card,
                       const Row& row,
                       const std::string& column,
                       const std::string& quantity = "csa_cm2") {
        const auto file = table({row});
        std::string text = norms_csv(card, file);
        const std::vector<std::string> lines = split(text, '\n');
        const std::vector<std::string> columns = split(lines.front(), ',');
        const auto place = [&](const std::string& name) {
            return static_cast<std::size_t>(std::ranges::find(columns, name) - columns.begin());
        };
        for (const std::string& line : lines) {
            const std::vector<std::string> cells = split(line, ',');
            if (cells.at(place("quantity")) == quantity) {
                return cells.at(place(column));
            }
        }
        return "no line";
    }
    [[nodiscard]] std::filesystem::path folder() const { return folder_.path(); }

  private:
    testing::TemporaryFolder folder_;
};

TEST_F(Norms, CountsWhoEntersAndWhoDoesNot) {
    std::vector<Row> rows = women(60);
    rows[0]["status"] = "failed";
    rows[1]["status"] = "flagged";
    rows[2]["status"] = "flagged";
    rows[2]["review_status"] = "accepted";
    rows[3]["level"] = "L4";
    rows[4]["level_source"] = "single_slice";
    rows[5]["outline_source"] = "nifti";
    rows[6]["patient_sex"] = "O";
    rows[7]["patient_age_years"] = "";
    rows[8]["patient_id"] = "";
    rows[9]["csa_repeat_low_cm2"] = rows[9]["fdr_repeat_low_pct"] = "";
    rows[10]["fdr_repeat_low_pct"] = "";
    rows[10]["fat_method"] = "otsu";  // Its area enters, its fat does not.
    const NormsCard card = fitted(rows);
    EXPECT_EQ(card.rows, 60);
    EXPECT_EQ(card.entered, 51);
    const std::map<std::string, int> left_out{{"failed", 1},
                                              {"flagged", 1},
                                              {"other_level", 1},
                                              {"level_not_found", 1},
                                              {"other_outlines", 1},
                                              {"sex_unknown", 1},
                                              {"age_unknown", 1},
                                              {"patient_id_missing", 1},
                                              {"repeatability_unknown", 1}};
    EXPECT_EQ(card.left_out, left_out);
    ASSERT_EQ(card.curves.size(), 2U);
    EXPECT_EQ(card.curves[0].curve.controls, 51);
    EXPECT_EQ(card.curves[1].curve.controls, 50);
    EXPECT_EQ(card.method.fat_method, "reference");
    EXPECT_EQ(card.method.software_version, "1.0.0");
    EXPECT_EQ(card.method.pixel_low_mm, 0.6);
    EXPECT_EQ(card.method.pixel_high_mm, 0.7);
}

TEST_F(Norms, RefusesDuplicatesOtherMethodsAndTooFew) {
    const auto refused = [this](const std::vector<Row>& rows) {
        return testing::refusal([&] { fitted(rows); });
    };
    std::vector<Row> rows = women(50);
    rows[7]["patient_id"] = "W09";  // As devices write one ID.
    rows[9]["patient_id"] = "w09";
    EXPECT_EQ(refused(rows), ErrorCode::malformed_file);
    rows = women(50);
    rows[7]["outline_model"] = "outline 2";
    EXPECT_EQ(refused(rows), ErrorCode::malformed_file);
    rows = women(50);
    rows[7]["fat_guard"] = "off";
    EXPECT_EQ(refused(rows), ErrorCode::malformed_file);
    rows = women(50);
    rows[7]["csa_cm2"] = "thick";
    EXPECT_EQ(refused(rows), ErrorCode::malformed_file);
    rows = women(50);
    rows[7]["software_version"] = "1.0.1";
    EXPECT_EQ(refused(rows), ErrorCode::malformed_file);
    rows = women(50);
    rows[7]["patient_age_years"] = "480";  // Months.
    EXPECT_EQ(refused(rows), ErrorCode::malformed_file);
    rows = women(50);
    rows[7].erase("pixel_row_mm");
    EXPECT_EQ(refused({rows[7]}), ErrorCode::malformed_file);
    EXPECT_EQ(refused(women(39)), ErrorCode::invalid_value);
    EXPECT_EQ(refused(women(50)), std::nullopt);
}

TEST_F(Norms, SaysWhyThereIsNoZ) {
    const NormsCard card = fitted(women(60));
    Row row = woman(30);
    EXPECT_EQ(beside(card, row, "reason"), "");
    EXPECT_NE(beside(card, row, "z"), "");
    const auto reason = [&](const std::string& column,
                            const std::string& cell,
                            const std::string& quantity = "csa_cm2") {
        Row other = row;
        other[column] = cell;
        EXPECT_EQ(beside(card, other, "z", quantity), "");
        EXPECT_EQ(beside(card, other, "percentile_low", quantity), "");
        return beside(card, other, "reason", quantity);
    };
    EXPECT_EQ(reason("status", "failed"), "failed");
    EXPECT_EQ(reason("patient_sex", ""), "sex_unknown");
    EXPECT_EQ(reason("patient_sex", "M"), "no_curve");
    EXPECT_EQ(reason("patient_age_years", ""), "age_unknown");
    EXPECT_EQ(reason("patient_age_years", "19.9"), "age_outside");
    EXPECT_EQ(reason("patient_age_years", "79.5"), "age_outside");
    EXPECT_EQ(reason("level", "L4"), "other_level");
    EXPECT_EQ(reason("level_source", "single_slice"), "level_not_found");
    EXPECT_EQ(reason("outline_model", "outline 2"), "other_outline_model");
    EXPECT_EQ(reason("roi", "muscle"), "other_outline_model");
    EXPECT_EQ(reason("outline_source", "imagej_roi"), "other_outlines");
    EXPECT_EQ(reason("software_version", "1.0.1"), "other_version");
    EXPECT_EQ(reason("pixel_row_mm", "0.54"), "other_resolution");
    EXPECT_EQ(reason("pixel_col_mm", "0.78"), "other_resolution");
    EXPECT_EQ(reason("pixel_col_mm", ""), "other_resolution");
    EXPECT_EQ(reason("fat_guard", "off", "fdr_pct"), "other_fat_method");
    EXPECT_EQ(reason("csa_cm2", ""), "not_measured");
    EXPECT_EQ(reason("csa_repeat_low_cm2", ""), "repeatability_unknown");
    EXPECT_EQ(reason("fdr_repeat_low_pct", "", "fdr_pct"), "repeatability_unknown");
}

TEST_F(Norms, PlacesNobodyWhereAgesOfControlsAreFarApart) {
    std::vector<Row> rows = women(60);
    rows[59]["patient_age_years"] = "99";
    const FittedNorms norms = fit_norms(table(rows), {});
    EXPECT_NE(terminal_text(norms_table(norms)).find("between 78 and 99"), std::string::npos);
    Row row = woman(30);
    row["patient_age_years"] = "85";
    EXPECT_EQ(beside(norms.card, row, "reason"), "age_outside");
    row["patient_age_years"] = "99";
    EXPECT_EQ(beside(norms.card, row, "reason"), "");
}

TEST_F(Norms, NamesControlsFartherOutThanChance) {
    std::vector<Row> rows = women(60);
    EXPECT_TRUE(fit_norms(table(rows), {}).far_out.empty());
    rows[20]["csa_cm2"] = "90";
    const FittedNorms norms = fit_norms(table(rows), {});
    ASSERT_EQ(norms.far_out.size(), 1U);
    EXPECT_EQ(norms.far_out[0].substr(0, 17), "line 22 (csa_cm2,");
}

TEST_F(Norms, AMirrorOfTheCurveMirrorsZ) {
    const NormsCard card = fitted(women(60));
    Row low = woman(30);
    const double expected = *parse_number(beside(card, low, "expected"));
    low["csa_cm2"] = fixed_text(value_at(card.curves[0].curve, 50, 0.1), 6);
    EXPECT_EQ(beside(card, low, "percentile"), "10.0");
    EXPECT_EQ(beside(card, low, "z"), "-1.28");
    Row middle = woman(30);
    middle["csa_cm2"] = fixed_text(expected, 3);
    EXPECT_EQ(beside(card, middle, "z"), "0.00");
}

// docs/norms.md says what every column and reason is.
TEST_F(Norms, AreDocumented) {
    std::ifstream file(testing::source_folder() / "docs/norms.md");
    const std::string page{std::istreambuf_iterator<char>(file), {}};
    std::vector<std::string> names = norms_columns();
    names.insert(names.end(), {"flagged", "no_curve", "age_outside", "not_measured", "off_scale"});
    for (const std::string& name : names) {
        EXPECT_NE(page.find("`" + name + "`"), std::string::npos) << name;
    }
    EXPECT_NE(page.find("**40 people**"), std::string::npos);
}

}  // namespace
}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/norms/norms_csv.h"

#include "core/text.h"
#include "pipeline/study/version.h"
#include "pipeline/tables/clinical_json.h"

#include <algorithm>

namespace paraspinal {
namespace {

constexpr int kDecimalsOfZ = 2;
constexpr int kDecimalsOfPercentile = 1;

const NormsCurve* curve_of(const NormsCard& card, std::string_view quantity, std::string_view sex) {
    const auto found = std::ranges::find_if(card.curves, [&](const NormsCurve& one) {
        return one.quantity == quantity && (sex.empty() || one.sex == sex);
    });
    return found == card.curves.end() ? nullptr : &*found;
}

// What keeps all quantities of a row from being compared with those of the card.
std::string_view difference_of(const NormsCard& card,
                               const RowCells& row,
                               const NormsPerson& person,
                               const NormsMethod& method) {
    const std::string_view obstacle = obstacle_of(row);
    return !obstacle.empty()    ? obstacle
           : person.sex.empty() ? "sex_unknown"
           : !person.age_years  ? "age_unknown"
                                : difference_between(method, card.method);
}

// Of a row that nothing keeps from being compared as a whole.
void place(NormLine& line,
           const NormsCard& card,
           const RowCells& row,
           const NormsPerson& person,
           const NormsMethod& method) {
    const NormsCurve* const found = curve_of(card, line.quantity->name, person.sex);
    if (found == nullptr) {
        line.reason = "no_curve";
        return;
    }
    line.curve = &found->curve;
    const double age = *person.age_years;
    const ComparableValue comparable = comparable_value(row, *line.quantity);
    line.reason = has_controls_near(*line.curve, age) ? comparable.reason : "age_outside";
    if (line.reason.empty() && line.quantity->needs_fat && !same_fat(method, card.method)) {
        line.reason = "other_fat_method";
    }
    if (!line.reason.empty()) {
        return;
    }
    const double value = *comparable.value;
    line.position = position_on(*line.curve, age, value, repeat_sd(*line.quantity, value));
    line.reason = line.position ? "" : "off_scale";
}

std::string optional_text(const std::optional<double>& value, int decimals) {
    return value ? fixed_text(*value, decimals) : std::string();
}

std::string percentile_text(double value) {
    return fixed_text(value, kDecimalsOfPercentile);
}

}  // namespace

NormsPerson norms_person(const RowCells& row) {
    std::string sex = sex_of(row.text("sex"));
    const std::optional<double> age = row.number("age_years");
    return {.sex = sex.empty() ? sex_of(row.text("patient_sex")) : std::move(sex),
            .age_years = age ? age : row.number("patient_age_years")};
}

std::vector<NormLine> norm_lines(const NormsCard& card, const RowCells& row) {
    const NormsPerson person = norms_person(row);
    const NormsMethod method = method_of(row);
    const std::string_view difference = difference_of(card, row, person, method);
    std::vector<NormLine> lines;
    for (const RepeatedQuantity& quantity : repeated_quantities()) {
        if (curve_of(card, quantity.name, "") != nullptr) {
            NormLine line{.quantity = &quantity, .value = row.number(quantity.name)};
            line.reason = difference;
            if (difference.empty()) {
                place(line, card, row, person, method);
            }
            lines.push_back(line);
        }
    }
    return lines;
}

const std::vector<std::string>& norms_columns() {
    static const std::vector<std::string> columns{"patient_id",
                                                  "study_uid",
                                                  "study_date",
                                                  "patient_sex",
                                                  "patient_age_years",
                                                  "level",
                                                  "status",
                                                  "quantity",
                                                  "value",
                                                  "expected",
                                                  "z",
                                                  "z_low",
                                                  "z_high",
                                                  "percentile",
                                                  "percentile_low",
                                                  "percentile_high",
                                                  "reason",
                                                  "controls",
                                                  "age_low_years",
                                                  "age_high_years",
                                                  "norms",
                                                  "software_version"};
    return columns;
}

std::vector<std::vector<std::string>> norms_rows(const NormsCard& card, const RowCells& row) {
    const NormsPerson person = norms_person(row);
    const std::string age = person.age_years ? shortest_text(*person.age_years) : std::string();
    std::vector<std::vector<std::string>> rows;
    for (const NormLine& line : norm_lines(card, row)) {
        const int decimals = line.quantity->unit.decimals;
        std::vector<std::string> cells{row.text("patient_id"),
                                       row.text("study_uid"),
                                       row.text("study_date"),
                                       person.sex,
                                       age,
                                       row.text("level"),
                                       row.text("status"),
                                       std::string(line.quantity->name),
                                       optional_text(line.value, decimals)};
        if (const auto& position = line.position) {
            cells.insert(cells.end(),
                         {fixed_text(position->expected, decimals),
                          fixed_text(position->z, kDecimalsOfZ),
                          optional_text(position->z_low, kDecimalsOfZ),
                          optional_text(position->z_high, kDecimalsOfZ),
                          percentile_text(position->percentile),
                          percentile_text(position->percentile_low),
                          percentile_text(position->percentile_high)});
        } else {
            cells.resize(cells.size() + 7);
        }
        cells.emplace_back(line.reason);
        if (line.curve != nullptr) {
            cells.insert(cells.end(),
                         {std::to_string(line.curve->controls),
                          shortest_text(line.curve->age_low_years),
                          shortest_text(line.curve->age_high_years)});
        } else {
            cells.resize(cells.size() + 3);
        }
        cells.insert(cells.end(), {card.digest, std::string(software_version())});
        rows.push_back(std::move(cells));
    }
    return rows;
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/norms/fit_norms.h"

#include "core/error.h"
#include "core/patient_groups.h"
#include "core/text.h"
#include "pipeline/norms/norms_row.h"
#include "pipeline/study/version.h"
#include "pipeline/tables/clinical_json.h"
#include "risk/norms/fit_age_curve.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace paraspinal {
namespace {

constexpr std::array<std::string_view, 2> kSexes{"F", "M"};

// Columns without which nobody can tell what a row is.
constexpr std::array<std::string_view, 9> kNeededColumns{"patient_id",
                                                         "status",
                                                         "level",
                                                         "level_source",
                                                         "outline_source",
                                                         "outline_model",
                                                         "fat_method",
                                                         "csa_repeat_low_cm2",
                                                         "fdr_repeat_low_pct"};

std::size_t column_or(const TableReader& table, const std::string& name, const char* other) {
    const std::optional<std::size_t> column = table.column(name);
    const std::optional<std::size_t> second = column ? column : table.column(other);
    return second ? *second : table.required_column(name);
}

using Controls = std::map<std::pair<std::string, std::string>, std::vector<Control>>;

// Gathers the rows of a table.
class Gathering {
  public:
    Gathering(TableReader& table, const FitNormsOptions& options)
        : table_(table),
          sex_(column_or(table, options.sex_column, "patient_sex")),
          age_(column_or(table, options.age_column, "patient_age_years")),
          row_(cells_of(table, unreadable_)) {
        card.method.level = options.level;
        for (const std::string_view column : kNeededColumns) {
            static_cast<void>(table.required_column(column));
        }
    }

    void take_row() {
        ++card.rows;
        const std::string_view reason = obstacle();
        if (!reason.empty()) {
            ++card.left_out[std::string(reason)];
            return;
        }
        require_same_method();
        const auto [other, is_new] =
            lines_.emplace(plain_patient_id(row_.text("patient_id")), table_.line());
        if (!is_new) {
            throw Error(ErrorCode::malformed_file,
                        "lines " + std::to_string(other->second) + " and " +
                            std::to_string(table_.line()) +
                            " are of one patient_id; a person counts once, so leave one in");
        }
        versions_.insert(row_.text("software_version"));
        const std::string sex = sex_of(table_.cell(sex_));
        bool enters = false;
        for (const RepeatedQuantity& quantity : repeated_quantities()) {
            const ComparableValue found = comparable_value(row_, quantity);
            if (found.value) {
                controls[{sex, std::string(quantity.name)}].push_back(
                    {.age_years = *table_.number(age_), .value = *found.value});
                enters = true;
            }
        }
        ++(enters ? card.entered : card.left_out["repeatability_unknown"]);
    }

    void finish() {
        unreadable_.refuse();
        card.measured_with = joined({versions_.begin(), versions_.end()}, ";");
    }

    NormsCard card{.software_version = std::string(software_version())};
    Controls controls;

  private:
    std::string_view obstacle() {
        const std::string_view of_row = obstacle_of(row_);
        if (!of_row.empty()) {
            return of_row;
        }
        if (row_.text("status") == "flagged" && row_.text("review_status") != "accepted") {
            return "flagged";
        }
        if (row_.text("level") != card.method.level) {
            return "other_level";
        }
        if (sex_of(table_.cell(sex_)).empty()) {
            return "sex_unknown";
        }
        if (!table_.number(age_)) {
            return "age_unknown";
        }
        return plain_patient_id(row_.text("patient_id")).empty() ? "patient_id_missing" : "";
    }

    // Rows without a method of fat have no fat that enters.
    void require_same_method() {
        const NormsMethod method = method_of(row_);
        const bool is_first = lines_.empty();
        if (is_first) {
            card.method = method;
            first_line_ = table_.line();
        }
        if (card.method.fat_method.empty()) {
            card.method.fat_method = method.fat_method;
            card.method.fat_guard = method.fat_guard;
        }
        if (!same_outlining(card.method, method) ||
            (!method.fat_method.empty() && !same_fat(card.method, method))) {
            throw Error(ErrorCode::malformed_file,
                        "lines " + std::to_string(first_line_) + " and " +
                            std::to_string(table_.line()) +
                            " were measured by different outline models, regions (--roi) or fat "
                            "methods; measure all controls alike");
        }
    }

    TableReader& table_;
    std::size_t sex_;
    std::size_t age_;
    UnreadableCells unreadable_;
    RowCells row_;
    std::map<std::string, std::size_t> lines_;  // By patient.
    std::size_t first_line_ = 0;
    std::set<std::string> versions_;
};

std::string left_out_text(const NormsCard& card) {
    std::vector<std::string> reasons;
    for (const auto& [reason, count] : card.left_out) {
        reasons.push_back(std::to_string(count) + " " + reason);
    }
    return std::to_string(card.entered) + " of " + std::to_string(card.rows) + " rows entered" +
           (reasons.empty() ? "" : "; left out: " + joined(reasons, ", ")) + ".";
}

// Beyond this a skewness is none of chance in 19 of 20 normal samples.
double most_skewness(int controls) {
    constexpr double kReach = 1.96;
    return kReach * std::sqrt(6.0 / controls);
}

std::string remark_on(const AgeCurve& curve) {
    if (std::abs(curve.skewness) > most_skewness(curve.controls)) {
        return "skewed: tails in doubt";
    }
    return curve.controls < kManyControls ? "fewer than " + std::to_string(kManyControls) : "";
}

}  // namespace

FittedNorms fit_norms(const std::filesystem::path& file, const FitNormsOptions& options) {
    return within(file.string(), [&] {
        TableReader table(file, options.table);
        Gathering gathering(table, options);
        while (table.next()) {
            gathering.take_row();
        }
        gathering.finish();
        FittedNorms fitted{.card = std::move(gathering.card)};
        for (const std::string_view sex : kSexes) {
            for (const RepeatedQuantity& quantity : repeated_quantities()) {
                const std::pair key(std::string(sex), std::string(quantity.name));
                const std::vector<Control>& controls = gathering.controls[key];
                if (std::string reason = no_curve_text(controls); !reason.empty()) {
                    if (!controls.empty()) {
                        fitted.without_curve[key] = std::move(reason);
                    }
                    continue;
                }
                const bool is_share = quantity.unit.ucum == kUnitPercent.ucum;
                fitted.card.curves.push_back({.sex = key.first,
                                              .quantity = key.second,
                                              .curve = fit_age_curve(controls, is_share)});
            }
        }
        if (fitted.card.curves.empty()) {
            throw Error(ErrorCode::invalid_value,
                        "no curve: " + left_out_text(fitted.card) + " " +
                            (fitted.without_curve.empty() ? no_curve_text({})
                                                          : fitted.without_curve.begin()->second));
        }
        return fitted;
    });
}

TextTable norms_table(const FittedNorms& fitted) {
    TextTable table{
        .columns = {
            "quantity", "sex", "n", "ages", "scale", "median at", "5th", "50th", "95th", "remark"}};
    for (const NormsCurve& one : fitted.card.curves) {
        const AgeCurve& curve = one.curve;
        const double age = std::round(curve.age_center_years);
        const auto text = [&](double share) { return fixed_text(value_at(curve, age, share), 1); };
        table.rows.push_back(
            {one.quantity,
             one.sex,
             std::to_string(curve.controls),
             fixed_text(curve.age_low_years, 0) + " to " + fixed_text(curve.age_high_years, 0),
             std::string(norm_scale_name(curve.scale)),
             fixed_text(age, 0),
             text(0.05),
             text(0.50),
             text(0.95),
             remark_on(curve)});
    }
    table.notes.push_back(left_out_text(fitted.card));
    for (const std::string_view sex : kSexes) {
        const bool is_there = std::ranges::find(fitted.card.curves, sex, &NormsCurve::sex) !=
                                  fitted.card.curves.end() ||
                              std::ranges::any_of(fitted.without_curve, [sex](const auto& one) {
                                  return one.first.first == sex;
                              });
        if (!is_there) {
            table.notes.push_back("No controls of sex " + std::string(sex) + ".");
        }
    }
    std::map<std::string, std::vector<std::string>> reasons;
    for (const auto& [key, reason] : fitted.without_curve) {
        reasons[reason].push_back(key.first + " " + key.second);
    }
    for (const auto& [reason, places] : reasons) {
        table.notes.push_back("No curve for " + joined(places, ", ") + ": " + reason);
    }
    return table;
}

}  // namespace paraspinal

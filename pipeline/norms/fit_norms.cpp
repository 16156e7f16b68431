// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/norms/fit_norms.h"

#include "core/error.h"
#include "core/normal.h"
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

constexpr double kOldestYears = 120;  // Nobody is older: days, months or a date of birth.

std::size_t column_or(const TableReader& table, const std::string& name, const char* other) {
    const std::optional<std::size_t> column = table.column(name);
    const std::optional<std::size_t> second = column ? column : table.column(other);
    return second ? *second : table.required_column(name);
}

// The controls of a curve, and where they stand in the table.
struct Controls {
    std::vector<Control> people;
    std::vector<std::size_t> lines;
};

// Gathers the rows of a table.
class Gathering {
  public:
    Gathering(TableReader& table, const FitNormsOptions& options)
        : table_(table),
          sex_(column_or(table, options.sex_column, "patient_sex")),
          age_(column_or(table, options.age_column, "patient_age_years")),
          row_(cells_of(table, unreadable_)) {
        card.method.level = options.level;
        static_cast<void>(table.required_column("patient_id"));
        for (const std::string_view column : needed_columns()) {
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
        const std::string sex = sex_of(table_.cell(sex_));
        const double years = age_years();
        bool enters = false;
        for (const RepeatedQuantity& quantity : repeated_quantities()) {
            const ComparableValue found = comparable_value(row_, quantity);
            if (found.value) {
                Controls& those = controls[{sex, std::string(quantity.name)}];
                those.people.push_back({.age_years = years, .value = *found.value});
                those.lines.push_back(table_.line());
                enters = true;
            }
        }
        ++(enters ? card.entered : card.left_out["repeatability_unknown"]);
    }

    void finish() { unreadable_.refuse(); }

    NormsCard card{.software_version = std::string(software_version())};
    std::map<std::pair<std::string, std::string>, Controls> controls;  // By sex and quantity.

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

    double age_years() {
        const double years = table_.number(age_).value();
        if (years < 0 || years > kOldestYears) {
            unreadable_.add(
                table_.line(), table_.columns()[age_], table_.cell(age_), "is no age in years");
        }
        return years;
    }

    // Rows without a method of fat have no fat that enters.
    void require_same_method() {
        const NormsMethod method = method_of(row_);
        if (lines_.empty()) {
            card.method = method;
            first_line_ = table_.line();
        }
        // Controls may differ in resolution; patients are held to what they span.
        card.method.pixel_low_mm = std::min(card.method.pixel_low_mm, method.pixel_low_mm);
        card.method.pixel_high_mm = std::max(card.method.pixel_high_mm, method.pixel_high_mm);
        if (card.method.fat_method.empty()) {
            card.method.fat_method = method.fat_method;
            card.method.fat_guard = method.fat_guard;
        }
        if (!difference_between(method, card.method).empty() ||
            (!method.fat_method.empty() && !same_fat(card.method, method))) {
            throw Error(ErrorCode::malformed_file,
                        "lines " + std::to_string(first_line_) + " and " +
                            std::to_string(table_.line()) +
                            " were measured by different versions, outline models, regions "
                            "(--roi) or fat methods; measure all controls alike");
        }
    }

    TableReader& table_;
    std::size_t sex_;
    std::size_t age_;
    UnreadableCells unreadable_;
    RowCells row_;
    std::map<std::string, std::size_t> lines_;  // By patient.
    std::size_t first_line_ = 0;
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

// A z that of so many normal ones none exceeds in 19 of 20 samples; for few, whose own deviation
// they make larger, more rarely (Grubbs 1969, doi:10.1080/00401706.1969.10490657).
double farthest_z(int controls) {
    constexpr double kRarely = 0.05;
    return -normal_quantile(kRarely / 2 / controls);
}

void add_far_out(std::vector<std::string>& far_out,
                 const NormsCurve& one,
                 const Controls& controls) {
    for (std::size_t i = 0; i < controls.people.size(); ++i) {
        const Control& person = controls.people[i];
        const auto at = position_on(one.curve, person.age_years, person.value, 0);
        if (at && std::abs(at->z) > farthest_z(one.curve.controls)) {
            far_out.push_back("line " + std::to_string(controls.lines[i]) + " (" + one.quantity +
                              ", z " + fixed_text(at->z, 1) + ")");
        }
    }
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
                const Controls& controls = gathering.controls[key];
                if (std::string reason = no_curve_text(controls.people); !reason.empty()) {
                    if (!controls.people.empty()) {
                        fitted.without_curve[key] = std::move(reason);
                    }
                    continue;
                }
                const bool is_share = quantity.unit.ucum == kUnitPercent.ucum;
                fitted.card.curves.push_back({.sex = key.first,
                                              .quantity = key.second,
                                              .curve = fit_age_curve(controls.people, is_share)});
                add_far_out(fitted.far_out, fitted.card.curves.back(), controls);
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
    if (!fitted.far_out.empty()) {
        table.notes.push_back("Farther out than chance: " + joined(fitted.far_out, ", ") +
                              ". They are in the curves and make them wide: look at their images.");
    }
    std::set<std::string> gaps;
    for (const NormsCurve& one : fitted.card.curves) {
        for (const auto& [from, to] : one.curve.age_gaps) {
            gaps.insert("No " + std::string(one.sex == "F" ? "women" : "men") + " between " +
                        fixed_text(from, 0) + " and " + fixed_text(to, 0) +
                        " years: nobody of these ages is compared.");
        }
    }
    table.notes.insert(table.notes.end(), gaps.begin(), gaps.end());
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

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/follow/compare_pair.h"

#include "core/text.h"
#include "pipeline/tables/clinical_table.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <string>

namespace paraspinal {
namespace {

constexpr std::array<std::string_view, 7> kVerdictNames{"within_error",
                                                        "decrease",
                                                        "increase",
                                                        "decrease_if_comparable",
                                                        "increase_if_comparable",
                                                        "not_comparable",
                                                        "not_measured"};
constexpr std::array<std::string_view, 7> kVerdictWords{
    "within measuring error",
    "beyond measuring error: decrease",
    "beyond measuring error: increase",
    "beyond measuring error, if they compare: decrease",
    "beyond measuring error, if they compare: increase",
    "not comparable",
    "not measured"};

// Of a date as Examination has it.
double days_of(const std::string& date) {
    const auto part = [&date](std::size_t start, std::size_t length) {
        return static_cast<int>(parse_integer(date.substr(start, length)).value());
    };
    const std::chrono::year_month_day day{std::chrono::year(part(0, 4)),
                                          std::chrono::month(static_cast<unsigned>(part(5, 2))),
                                          std::chrono::day(static_cast<unsigned>(part(8, 2)))};
    return static_cast<double>(std::chrono::sys_days(day).time_since_epoch().count());
}

// Exports under pseudonyms write 90 for every age above 89: from there on it says nothing.
constexpr double kTopAgeYears = 90;

Verdict verdict_of(const Change& change, Concern concern) {
    const bool is_incomparable =
        concern == Concern::everything || (concern == Concern::fat && change.quantity->needs_fat);
    if (is_incomparable) {
        return Verdict::not_comparable;
    }
    if (std::abs(*change.difference) <= *change.smallest_real_change) {
        return Verdict::within_error;
    }
    const bool is_doubted = concern != Concern::none;
    if (*change.difference < 0) {
        return is_doubted ? Verdict::decrease_if_comparable : Verdict::decrease;
    }
    return is_doubted ? Verdict::increase_if_comparable : Verdict::increase;
}

// A change that the user gave holds for slices at one place; what lies between them is added.
double given_change(const RepeatedQuantity& quantity, double given, double value, double apart_mm) {
    const double at_one_place = smallest_real_change(quantity, value, 0);
    const double apart = smallest_real_change(quantity, value, apart_mm);
    return std::sqrt(given * given + apart * apart - at_one_place * at_one_place);
}

Change change_of(const RepeatedQuantity& quantity,
                 const ExaminationPair& pair,
                 const SmallestChanges& all_given) {
    Change change{.quantity = &quantity,
                  .from = number_in(pair.slices.from, quantity.name),
                  .to = number_in(pair.slices.to, quantity.name),
                  .difference = {},
                  .smallest_real_change = {}};
    if (!change.from || !change.to) {
        return change;
    }
    change.difference = *change.to - *change.from;
    const double value = (*change.from + *change.to) / 2;
    const auto given = all_given.find(quantity.name);
    const bool is_given = given != all_given.end();
    change.source = is_given ? "mdc" : "repeatability";
    change.smallest_real_change =
        is_given ? given_change(quantity, given->second, value, pair.slices.apart_mm)
                 : smallest_real_change(quantity, value, pair.slices.apart_mm);
    Concern worst = Concern::none;
    for (const PairFlag* const flag : pair.flags) {
        const bool is_of_others = flag->concern == Concern::fat && !quantity.needs_fat;
        // Whose outlines differ how much from themselves is what the user has told.
        const bool is_answered = is_given && flag->name == "outlines_by_hand";
        worst = is_of_others || is_answered ? worst : std::max(worst, flag->concern);
    }
    change.verdict = verdict_of(change, worst);
    return change;
}

}  // namespace

std::string_view verdict_name(Verdict verdict) {
    return kVerdictNames.at(static_cast<std::size_t>(verdict));
}

std::string_view verdict_words(Verdict verdict) {
    return kVerdictWords.at(static_cast<std::size_t>(verdict));
}

std::string flag_names(const ExaminationPair& pair, std::string_view separator) {
    std::vector<std::string> names;
    for (const PairFlag* const flag : pair.flags) {
        names.emplace_back(flag->name);
    }
    return joined(names, separator);
}

std::optional<double> years_between(const Examination& from, const Examination& to) {
    constexpr double kDaysPerYear = 365.25;
    if (from.date.empty() || to.date.empty()) {
        return std::nullopt;
    }
    return (days_of(to.date) - days_of(from.date)) / kDaysPerYear;
}

bool can_be_one_person(const Examination& from, const Examination& to) {
    const auto person = [](const Examination& one) {
        const std::optional<double> age = number_in(one.row, "patient_age_years");
        return ClinicalTable::Person{.sex = one.row.get("patient_sex"),
                                     .age_years = age && *age < kTopAgeYears ? age : std::nullopt};
    };
    const ClinicalTable::Person one = person(from);
    ClinicalTable::Person other = person(to);
    const std::optional<double> years = years_between(from, to);
    if (other.age_years && years) {
        *other.age_years -= *years;
    } else {
        other.age_years.reset();
    }
    return contradiction_between(one, other).empty();
}

ExaminationPair compare_pair(const std::vector<Examination>& all,
                             std::size_t from,
                             std::size_t to,
                             std::string_view kind,
                             const SmallestChanges& given) {
    ExaminationPair pair{.kind = kind,
                         .from = from,
                         .to = to,
                         .years = years_between(all[from], all[to]),
                         .slices = match_slices(all[from], all[to]),
                         .flags = flags_between(all[from], all[to]),
                         .changes = {}};
    pair.flags.insert(pair.flags.end(), pair.slices.flags.begin(), pair.slices.flags.end());
    if (!can_be_one_person(all[from], all[to])) {
        pair.flags.push_back(&pair_flag("patients_differ"));
    }
    if (pair.years == 0) {
        pair.flags.push_back(&pair_flag("same_day"));
    }
    std::ranges::sort(pair.flags);  // They point into one table.
    for (const RepeatedQuantity& quantity : repeated_quantities()) {
        pair.changes.push_back(change_of(quantity, pair, given));
    }
    return pair;
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/follow/compare_pair.h"

#include "core/patient_groups.h"
#include "core/text.h"
#include "pipeline/follow/side_exchange.h"
#include "pipeline/tables/clinical_table.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <initializer_list>
#include <string>

namespace paraspinal {
namespace {

constexpr std::array<std::string_view, 9> kVerdictNames{"within_error",
                                                        "decrease",
                                                        "increase",
                                                        "beyond_error",
                                                        "decrease_if_comparable",
                                                        "increase_if_comparable",
                                                        "beyond_error_if_comparable",
                                                        "not_comparable",
                                                        "not_measured"};
constexpr std::array<std::string_view, 9> kVerdictWords{
    "within measuring error",
    "beyond measuring error: decrease",
    "beyond measuring error: increase",
    "beyond measuring error, order unknown",
    "beyond measuring error, if they compare: decrease",
    "beyond measuring error, if they compare: increase",
    "beyond measuring error, if they compare, order unknown",
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

constexpr double kDaysPerYear = 365.25;
constexpr double kTopAgeYears = 90;
constexpr double kLifeYears = 120;  // Nobody lived longer than 123 years.

// Whether `age_years`, from kTopAgeYears on a least one, can have become `later_age_years`.
bool can_grow(double age_years, double years, double later_age_years) {
    const double expected = age_years + years;
    const bool is_least = age_years >= kTopAgeYears;
    const bool is_later_least = later_age_years >= kTopAgeYears;
    const bool is_too_young = later_age_years < expected - kMostYearsApart;
    const bool is_too_old = later_age_years > expected + kMostYearsApart;
    return (!is_too_young || is_later_least) && (!is_too_old || is_least);
}

bool is_incomparable(const RepeatedQuantity& quantity, Concern concern) {
    return concern == Concern::everything || (concern == Concern::fat && quantity.needs_fat);
}

bool is_beyond_error(const Change& change) {
    return change.difference && std::abs(*change.difference) > *change.smallest_real_change;
}

Verdict verdict_of(const Change& change, Concern concern, bool is_ordered) {
    if (!is_beyond_error(change)) {
        return Verdict::within_error;
    }
    const bool is_doubted = concern != Concern::none;
    if (!is_ordered) {
        return is_doubted ? Verdict::beyond_error_if_comparable : Verdict::beyond_error;
    }
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

// What the flags forbid of a quantity; `is_given`: the user knows how far her readers differ.
Concern worst_concern(const ExaminationPair& pair,
                      const RepeatedQuantity& quantity,
                      bool is_given) {
    Concern worst = Concern::none;
    for (const PairFlag* const flag : pair.flags) {
        const bool is_of_others = flag->concern == Concern::fat && !quantity.needs_fat;
        const bool is_answered = is_given && flag->name == "outlines_by_hand";
        worst = is_of_others || is_answered ? worst : std::max(worst, flag->concern);
    }
    return worst;
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
    const auto given = all_given.find(quantity.name);
    const bool is_given = given != all_given.end();
    const Concern concern = worst_concern(pair, quantity, is_given);
    if (is_incomparable(quantity, concern)) {
        change.verdict = Verdict::not_comparable;
        return change;
    }
    change.difference = *change.to - *change.from;
    const double value = (*change.from + *change.to) / 2;
    change.source = is_given ? "mdc" : "repeatability";
    change.smallest_real_change =
        is_given ? given_change(quantity, given->second, value, pair.slices.apart_mm)
                 : smallest_real_change(quantity, value, pair.slices.apart_mm);
    change.verdict = verdict_of(change, concern, pair.years && *pair.years != 0);
    return change;
}

// Whether another examination of the patient has the date of the one at `place`: they stand beside
// each other.
bool shares_its_day(const std::vector<Examination>& all, std::size_t place) {
    const auto is_other = [&](std::size_t other) {
        return other < all.size() && is_measured(all[other].row) &&
               all[other].date == all[place].date &&
               patient_of(all[other]) == patient_of(all[place]);
    };
    return is_other(place + 1) || (place > 0 && is_other(place - 1));
}

// Whether the area of the body changed as no body does.
bool has_other_body(const ExaminationPair& pair, const SmallestChanges& given) {
    const auto body = std::ranges::find(repeated_quantities(), "vb_cm2", &RepeatedQuantity::name);
    return is_beyond_error(change_of(*body, pair, given));
}

bool has_any_flag(const ExaminationPair& pair, std::initializer_list<std::string_view> names) {
    return std::ranges::any_of(pair.flags, [names](const PairFlag* flag) {
        return std::ranges::find(names, flag->name) != names.end();
    });
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

std::string span_text(double years) {
    if (years >= kLeastRateYears) {
        return fixed_text(years, 1) + " years";
    }
    const std::string days = fixed_text(years * kDaysPerYear, 0);
    return days + (days == "1" ? " day" : " days");
}

std::vector<std::string> unlisted_changes(const ExaminationPair& pair) {
    std::vector<std::string> names;
    for (const Change& change : pair.changes) {
        if (change.quantity->symbol.empty() && is_beyond_error(change)) {
            names.emplace_back(change.quantity->name);
        }
    }
    return names;
}

std::optional<double> years_between(const Examination& from, const Examination& to) {
    if (from.date.empty() || to.date.empty()) {
        return std::nullopt;
    }
    return (days_of(to.date) - days_of(from.date)) / kDaysPerYear;
}

std::string_view person_contradiction(const Examination& from, const Examination& to) {
    const std::string_view sexes =
        contradiction_between({.sex = from.row.get("patient_sex"), .age_years = {}},
                              {.sex = to.row.get("patient_sex"), .age_years = {}});
    const std::optional<double> years = years_between(from, to);
    if (!sexes.empty() || !years) {
        return sexes;
    }
    if (std::abs(*years) > kLifeYears) {
        return "more than a life between their dates";
    }
    const auto age = number_in(from.row, "patient_age_years");
    const auto later_age = number_in(to.row, "patient_age_years");
    const bool can_be =
        !age || !later_age ||
        (*years < 0 ? can_grow(*later_age, -*years, *age) : can_grow(*age, *years, *later_age));
    return can_be ? "" : "ages that do not fit their dates";
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
    const auto raise = [&pair](std::string_view flag, bool is_raised) {
        if (is_raised) {
            pair.flags.push_back(&pair_flag(flag));
        }
    };
    raise("patients_differ", !person_contradiction(all[from], all[to]).empty());
    raise("vertebral_body_differs", has_other_body(pair, given));
    raise("sides_exchanged", are_sides_exchanged(pair.slices));
    raise("same_day", pair.years == 0);
    raise("no_date", !pair.years);
    raise("several_that_day",
          kind != "named" && pair.years != 0 &&
              (shares_its_day(all, from) || shares_its_day(all, to)));
    std::ranges::sort(pair.flags);  // They point into one table.
    const auto repeated = std::ranges::unique(pair.flags);
    pair.flags.erase(repeated.begin(), repeated.end());
    for (const RepeatedQuantity& quantity : repeated_quantities()) {
        pair.changes.push_back(change_of(quantity, pair, given));
    }
    if (!has_any_flag(pair, {"patients_differ"})) {
        const bool has_order = pair.years && *pair.years != 0;
        pair.vertebrae = vertebra_changes(all[from],
                                          all[to],
                                          !has_order || has_any_flag(pair,
                                                                     {"software_version_differs",
                                                                      "patient_ids_differ",
                                                                      "level_in_doubt",
                                                                      "several_that_day"}));
    }
    return pair;
}

}  // namespace paraspinal

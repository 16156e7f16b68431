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
#include <set>
#include <string>
#include <utility>

namespace paraspinal {
namespace {

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

bool is_beyond_error(const Change& change) {
    return change.difference && std::abs(*change.difference) > *change.smallest_real_change;
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

namespace {

// `pair` has its kind and places: all else of it, at the level of `from` and `to`.
ExaminationPair compared(ExaminationPair pair,
                         const Examination& from,
                         const Examination& to,
                         bool is_one_of_several,
                         const SmallestChanges& given) {
    pair.years = years_between(from, to);
    pair.slices = match_slices(from, to);
    pair.flags = flags_between(from, to);
    pair.flags.insert(pair.flags.end(), pair.slices.flags.begin(), pair.slices.flags.end());
    const auto raise = [&pair](std::string_view flag, bool is_raised) {
        if (is_raised) {
            pair.flags.push_back(&pair_flag(flag));
        }
    };
    raise("patients_differ", !person_contradiction(from, to).empty());
    raise("vertebral_body_differs", has_other_body(pair, given));
    raise("sides_exchanged", are_sides_exchanged(pair.slices));
    raise("same_day", pair.years == 0);
    raise("no_date", !pair.years);
    raise("several_that_day", pair.kind != "named" && pair.years != 0 && is_one_of_several);
    std::ranges::sort(pair.flags);  // They point into one table.
    const auto repeated = std::ranges::unique(pair.flags);
    pair.flags.erase(repeated.begin(), repeated.end());
    for (const RepeatedQuantity& quantity : repeated_quantities()) {
        pair.changes.push_back(change_of(quantity, pair, given));
    }
    return pair;
}

// The examination at one of its levels; null where it was not measured there.
const Examination* at_level(const Examination& one, const std::string& level) {
    if (one.row.get("level") == level) {
        return &one;
    }
    const auto found = std::ranges::find_if(
        one.levels, [&level](const Examination& other) { return other.row.get("level") == level; });
    return found == one.levels.end() ? nullptr : &*found;
}

// Levels that either was measured at, from head to feet, but one that is the own level of both.
std::set<std::string> further_levels(const Examination& from, const Examination& to) {
    std::set<std::string> names;
    for (const Examination* const one : {&from, &to}) {
        names.insert(one->row.get("level"));
        for (const Examination& other : one->levels) {
            names.insert(other.row.get("level"));
        }
    }
    if (from.row.get("level") == to.row.get("level")) {
        names.erase(from.row.get("level"));
    }
    return names;
}

}  // namespace

ExaminationPair compare_pair(const std::vector<Examination>& all,
                             std::size_t from,
                             std::size_t to,
                             std::string_view kind,
                             const SmallestChanges& given) {
    const bool is_one_of_several = shares_its_day(all, from) || shares_its_day(all, to);
    const ExaminationPair places{.kind = kind, .from = from, .to = to};
    ExaminationPair pair = compared(places, all[from], all[to], is_one_of_several, given);
    for (const std::string& level : further_levels(all[from], all[to])) {
        const Examination* const first = at_level(all[from], level);
        const Examination* const second = at_level(all[to], level);
        if (first != nullptr && second != nullptr) {
            pair.levels.push_back(compared(places, *first, *second, is_one_of_several, given));
        }
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

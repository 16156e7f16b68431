// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/id_contradictions.h"

#include "core/person_internal.h"
#include "core/person_names.h"
#include "core/text.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace paraspinal {
namespace {

// Exports under pseudonyms write 90 for all higher ages.
constexpr double kHighestExactAge = 89;

std::optional<double> years_of(const std::string& date) {
    constexpr double kDaysPerYear = 365.25;
    const auto day = day_of(date);
    return day ? std::optional(static_cast<double>(day->time_since_epoch().count()) / kDaysPerYear)
               : std::nullopt;
}

std::optional<double> exact_age(const Person& person) {
    const auto years = parse_number(person[age]);
    return years && *years <= kHighestExactAge ? years : std::nullopt;
}

// Who has had a birthday this year is half a year older than stated, on the whole.
std::optional<double> birth_year(const Person& person) {
    const auto examined = years_of(person[study_date]);
    const auto years = exact_age(person);
    return !person[birth_date].empty() ? years_of(person[birth_date])
           : examined && years         ? std::optional(*examined - *years - 0.5)
                                       : std::nullopt;
}

// The smallest and the largest of some numbers.
struct Span {
    std::optional<double> low;
    std::optional<double> high;
    void add(const std::optional<double>& number) {
        if (number) {
            low = std::min(low.value_or(*number), *number);
            high = std::max(high.value_or(*number), *number);
        }
    }
    [[nodiscard]] bool is_wide() const { return low && *high - *low > kMostBirthYearsApart; }
};

// Anonymizers and people who do not know the day write January 1, some of them of 1900.
constexpr std::string_view kNoBirthDate = "19000101";
constexpr std::string_view kNoDay = "0101";
constexpr std::size_t kYearDigits = 4;

bool birth_dates_agree(const std::string& one, const std::string& other) {
    return one == other || (one.substr(0, kYearDigits) == other.substr(0, kYearDigits) &&
                            (one.ends_with(kNoDay) || other.ends_with(kNoDay)));
}

bool birth_dates_contradict(const std::set<std::string>& dates) {
    return std::ranges::any_of(dates, [&dates](const std::string& one) {
        return std::ranges::any_of(
            dates, [&one](const std::string& other) { return !birth_dates_agree(one, other); });
    });
}

// What headers under one key state.
struct Statements {
    std::set<std::string> ids;
    std::set<std::string> sexes;
    std::set<std::string> names;
    std::set<std::string> birth_dates;
    bool has_name_without_birth_date = false;
    bool has_age_without_date = false;
    Span birth_years;
    Span ages;
};

void add(Statements& stated, Person person) {
    if (person[birth_date] == kNoBirthDate) {
        person[birth_date].clear();
    }
    if (!person[id].empty() && !is_id_of_everybody(person[id])) {
        stated.ids.insert(person[id]);
    }
    if (person[sex] == "M" || person[sex] == "F") {
        stated.sexes.insert(person[sex]);
    }
    if (day_of(person[birth_date])) {
        stated.birth_dates.insert(person[birth_date]);
    }
    if (!person[name].empty() && !is_made_up_name(person[name], person[id])) {
        stated.names.insert(person[name]);
        stated.has_name_without_birth_date |= person[birth_date].empty();
    }
    stated.birth_years.add(birth_year(person));
    stated.ages.add(exact_age(person));
    stated.has_age_without_date |= exact_age(person) && !years_of(person[study_date]);
}

std::string contradictions(const Statements& stated) {
    std::vector<std::string> found;
    const auto note = [&found](bool is_true, const char* what) {
        if (is_true) {
            found.emplace_back(what);
        }
    };
    const bool dates_differ = birth_dates_contradict(stated.birth_dates);
    note(stated.ids.size() > 1, "different patient IDs");
    note(stated.sexes.size() > 1, "different sexes");
    note(dates_differ, "different birth dates");
    note(!dates_differ && stated.birth_years.is_wide(), "different birth years");
    note(stated.has_age_without_date && stated.ages.is_wide(), "different ages");
    const bool one_birth_date =
        stated.birth_dates.size() == 1 && !stated.has_name_without_birth_date;
    note(!one_birth_date && names_contradict(stated.names), "different names");
    return joined(found, ", ");
}

// The text of what contradicts itself goes to `field` of all studies that share the key.
void add_contradicted(ContradictionsByStudy& found,
                      const std::map<std::string, std::vector<const StatedPerson*>>& by_key,
                      std::string KeyContradictions::*field) {
    for (const auto& [key, all] : by_key) {
        Statements stated;
        for (const StatedPerson* const one : all) {
            add(stated, parse_person(one->person));
        }
        const std::string text = contradictions(stated);
        for (const StatedPerson* const one : all) {
            if (!text.empty()) {
                found[one->study].*field = text;
            }
        }
    }
}

}  // namespace

KeyContradictions contradictions_of(const ContradictionsByStudy& found, std::string_view study) {
    const auto own = found.find(study);
    return own == found.end() ? KeyContradictions{} : own->second;
}

ContradictionsByStudy contradictions_by_study(const std::vector<StatedPerson>& stated) {
    std::map<std::string, std::vector<const StatedPerson*>> by_id;
    std::map<std::string, std::vector<const StatedPerson*>> by_accession;
    for (const StatedPerson& one : stated) {
        if (std::string own = parse_person(one.person)[id]; !own.empty()) {
            by_id[std::move(own)].push_back(&one);
        }
        if (!one.accession_number.empty()) {
            by_accession[one.accession_number].push_back(&one);
        }
    }
    ContradictionsByStudy found;
    add_contradicted(found, by_id, &KeyContradictions::patient_id);
    add_contradicted(found, by_accession, &KeyContradictions::accession_number);
    return found;
}

}  // namespace paraspinal

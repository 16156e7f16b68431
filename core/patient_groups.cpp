// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/patient_groups.h"

#include "core/person_names.h"
#include "core/study.h"
#include "core/text.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace paraspinal {
namespace {

// Fields of a person, in this order.
enum Field : std::size_t { id, name, sex, birth_date, age, study_date, kFields };
using Person = std::array<std::string, kFields>;

constexpr char kBetween = '\x1f';
constexpr char kBetweenKeyParts = '#';

std::string without_blanks(std::string_view text) {
    std::string kept = lower_case(text);
    std::erase_if(kept, [](char c) { return c == ' ' || c == '\t' || c == '\0'; });
    return kept;
}

// "DOE^Jane^^" and "Doe^Jane" are one name.
std::string plain_name(std::string_view text) {
    std::string plain = without_blanks(text);
    std::string kept;
    for (const std::string& part : split(plain, '^')) {
        kept += part.empty() ? "" : (kept.empty() ? "" : "^") + part;
    }
    return kept;
}

Person parse_person(std::string_view text) {
    Person person;
    std::size_t start = 0;
    for (std::string& field : person) {
        const std::size_t end = std::min(text.find(kBetween, start), text.size());
        field = text.substr(start, end - start);
        start = std::min(end + 1, text.size());
    }
    return person;
}

std::optional<std::chrono::sys_days> day_of(std::string_view date) {
    constexpr std::size_t kDigits = 8;
    const auto number = date.size() == kDigits ? parse_integer(date) : std::nullopt;
    if (!number) {
        return std::nullopt;
    }
    constexpr std::int64_t kYear = 10000;
    constexpr std::int64_t kMonth = 100;
    const std::chrono::year_month_day day{
        std::chrono::year(static_cast<int>(*number / kYear)),
        std::chrono::month(static_cast<unsigned>(*number / kMonth % kMonth)),
        std::chrono::day(static_cast<unsigned>(*number % kMonth))};
    return day.ok() ? std::optional(std::chrono::sys_days(day)) : std::nullopt;
}

// An examination may pass midnight.
bool days_agree(const std::string& a, const std::string& b) {
    const auto first = day_of(a);
    const auto second = day_of(b);
    return !first || !second || std::chrono::abs(*first - *second) <= std::chrono::days(1);
}

bool years_agree(const std::string& a, const std::string& b) {
    const auto first = parse_number(a);
    const auto second = parse_number(b);
    return !first || !second || std::abs(*first - *second) <= kMostYearsApart;
}

bool agree(const Person& a, const Person& b) {
    for (const Field field : {id, name, sex, birth_date}) {
        if (!a.at(field).empty() && !b.at(field).empty() && a.at(field) != b.at(field)) {
            return false;
        }
    }
    return years_agree(a[age], b[age]) && days_agree(a[study_date], b[study_date]);
}

void fill(Person& person, const Person& more) {
    for (std::size_t field = 0; field < kFields; ++field) {
        if (person.at(field).empty()) {
            person.at(field) = more.at(field);
        }
    }
}

std::ptrdiff_t stated(const Person& person) {
    return std::ranges::count_if(person, [](const std::string& field) { return !field.empty(); });
}

struct Group {
    std::string name;
    Person all;  // What its members say together.
};

std::string text_of(const Person& person) {
    std::string text;
    for (std::size_t field = 0; field < kFields; ++field) {
        text += (field == 0 ? "" : std::string(1, kBetween)) + person.at(field);
    }
    return text;
}

// A hash that anybody can find a second text for must not make one person of two.
std::string free_name(const std::string& text, const std::vector<Group>& groups) {
    std::string name = short_hash(text);
    while (std::ranges::count(groups, name, &Group::name) > 0) {
        name = short_hash(name);
    }
    return name;
}

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

// Of a date that is not known better.
std::string year_alone(const std::string& date) {
    return date.substr(kYearDigits) == kNoDay ? date.substr(0, kYearDigits) : "";
}

bool birth_dates_contradict(const std::set<std::string>& dates) {
    for (const std::string& one : dates) {
        for (const std::string& other : dates) {
            const std::string year = year_alone(one);
            if (one != other && (year.empty() || !other.starts_with(year)) &&
                (year_alone(other).empty() || !one.starts_with(year_alone(other)))) {
                return true;
            }
        }
    }
    return false;
}

// What headers under one ID state.
struct Statements {
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
    note(stated.sexes.size() > 1, "different sexes");
    note(dates_differ, "different birth dates");
    note(!dates_differ && stated.birth_years.is_wide(), "different birth years");
    note(stated.has_age_without_date && stated.ages.is_wide(), "different ages");
    const bool one_birth_date =
        stated.birth_dates.size() == 1 && !stated.has_name_without_birth_date;
    note(!one_birth_date && names_contradict(stated.names), "different names");
    return joined(found, ", ");
}

}  // namespace

std::string plain_patient_id(std::string_view text) {
    std::string plain = without_blanks(text);
    const std::size_t start = plain.find_first_not_of('0');
    return start == std::string::npos ? plain : plain.substr(start);
}

std::string person_text(const Patient& patient, const std::string& date) {
    return text_of({plain_patient_id(patient.id),
                    plain_name(patient.name),
                    patient.sex,
                    patient.birth_date,
                    patient.age_years ? shortest_text(*patient.age_years) : "",
                    date});
}

std::vector<std::string> group_persons(const std::vector<std::string>& persons) {
    // Who says most comes first, so that each later one can be told to whom he belongs.
    std::vector<std::string> texts;
    std::ranges::copy(std::set<std::string>(persons.begin(), persons.end()),
                      std::back_inserter(texts));
    std::ranges::stable_sort(texts, std::ranges::greater{}, [](const std::string& text) {
        return stated(parse_person(text));
    });
    std::vector<Group> groups;
    std::map<std::string, std::size_t> group_of;
    for (const std::string& text : texts) {
        const Person person = parse_person(text);
        std::vector<std::size_t> possible;
        for (std::size_t i = 0; i < groups.size(); ++i) {
            if (agree(groups[i].all, person)) {
                possible.push_back(i);
            }
        }
        if (possible.size() == 1) {
            fill(groups[possible.front()].all, person);
            group_of[text] = possible.front();
        } else {
            group_of[text] = groups.size();
            groups.push_back({.name = free_name(text, groups), .all = person});
        }
    }
    std::vector<std::string> names;
    std::ranges::transform(persons, std::back_inserter(names), [&](const std::string& text) {
        return groups.size() == 1 ? std::string() : groups[group_of.at(text)].name;
    });
    return names;
}

std::string id_of_person(std::string_view person) {
    return std::string(person.substr(0, person.find(kBetween)));
}

std::map<std::string, std::string> contradictions_by_id(const std::vector<std::string>& persons) {
    std::map<std::string, Statements> stated_by_id;
    for (const std::string& text : persons) {
        if (std::string own = id_of_person(text); !own.empty()) {
            add(stated_by_id[std::move(own)], parse_person(text));
        }
    }
    std::map<std::string, std::string> found;
    for (const auto& [own, stated] : stated_by_id) {
        if (std::string text = contradictions(stated); !text.empty()) {
            found.emplace(own, std::move(text));
        }
    }
    return found;
}

std::string study_key(std::string_view study_uid, std::string_view group) {
    std::string key(study_uid);
    return group.empty() ? key : key.append(1, kBetweenKeyParts).append(group);
}

StudyKey parse_study_key(std::string_view key) {
    const std::size_t end = key.rfind(kBetweenKeyParts);
    if (end == std::string_view::npos) {
        return {.study_uid = std::string(key), .group = {}};
    }
    return {.study_uid = std::string(key.substr(0, end)),
            .group = std::string(key.substr(end + 1))};
}

}  // namespace paraspinal

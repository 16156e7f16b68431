// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/patient_groups.h"

#include "core/person_internal.h"
#include "core/study.h"
#include "core/text.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace paraspinal {
namespace {

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

bool is_unnamed_study(std::string_view uid) {
    return uid.starts_with(kUnnamedStudy);
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

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// The ID within the text of a person (person_text), as plain_patient_id.
std::string id_of_person(std::string_view person);

/// The IDs that stand for several people, and by what: for each plain_patient_id of `persons` (of
/// any studies) under which they contradict each other, "different sexes", "different birth dates",
/// "different birth years" (by more than kMostBirthYearsApart; of those who state no birth date, by
/// age and study date), "different ages" (of examinations without a date that would explain it) or
/// "different names" (which birth dates that agree explain, as of people who marry). Names differ
/// beyond spelling: not in order, middle name, title, initials, umlauts. What is not stated, or is
/// made up (a name that is the ID or says "anonymous", 1900-01-01; of January 1 only the year
/// counts), contradicts nothing.
std::map<std::string, std::string> contradictions_by_id(const std::vector<std::string>& persons);

/// Birth years by ages at different times may differ by so many: two ages and two dates are
/// rounded; our choice.
inline constexpr double kMostBirthYearsApart = 2;

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// In what the studies that share a key of one study contradict each other; empty: in nothing.
struct KeyContradictions {
    std::string patient_id;
    std::string accession_number;
    friend bool operator==(const KeyContradictions&, const KeyContradictions&) = default;
};
using ContradictionsByStudy = std::map<std::string, KeyContradictions, std::less<>>;

/// Those of `study`; none where it is not among them.
KeyContradictions contradictions_of(const ContradictionsByStudy& found, std::string_view study);

/// What a header says of whose image it is.
struct StatedPerson {
    std::string study;  ///< Whatever the caller calls it; a study may have several.
    std::string accession_number;
    std::string person;  ///< As person_text.
    friend bool operator==(const StatedPerson&, const StatedPerson&) = default;
};

/// The studies whose patient ID (as plain_patient_id) or accession number stands for several
/// people, and by what they contradict each other under that key: "different patient IDs" (not
/// those of is_id_of_everybody), "different sexes", "different birth dates",
/// "different birth years" (by more than kMostBirthYearsApart; of those who state no birth date, by
/// age and study date), "different ages" (of examinations without a date that would explain it) or
/// "different names" (which birth dates that agree explain, as of people who marry). Names differ
/// beyond spelling: not in order, middle name, title, initials, umlauts. What is not stated, or is
/// made up (a name that is the ID or says "anonymous", 1900-01-01; of January 1 only the year
/// counts), contradicts nothing.
ContradictionsByStudy contradictions_by_study(const std::vector<StatedPerson>& stated);

/// Birth years by ages at different times may differ by so many: two ages and two dates are
/// rounded; our choice.
inline constexpr double kMostBirthYearsApart = 2;

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

struct Patient;

/// Text of all that a header says about whose examination it is: ID, name, sex, birth date, age and
/// study date. Only for comparing; holds what must never be printed.
std::string person_text(const Patient& patient, const std::string& study_date);

/// An ID without what people and devices write differently: in lower case, without blanks and
/// leading zeros. Empty where nothing else is in it, "0" and "000" as they are.
std::string plain_patient_id(std::string_view text);

/// Tells apart the people under one study instance UID. For each of `persons` (as person_text) the
/// name of its group: empty for all when none contradicts another, else 16 hexadecimal digits that
/// depend on what the header of that person says.
///
/// Two headers contradict each other when both state an ID, name, sex, birth date, age (by more
/// than kMostYearsApart) or study date (by more than a day) and these differ. IDs that differ only
/// in case, blanks or leading zeros are one; so are names that differ in case, blanks, or empty
/// parts. What is not stated contradicts nothing; a header that could belong to several people
/// forms a group of its own. The order of `persons` does not change the answer.
std::vector<std::string> group_persons(const std::vector<std::string>& persons);

/// A study of which only one group is meant: "UID" or "UID#GROUP", its key in ledgers and folders.
std::string study_key(std::string_view study_uid, std::string_view group);

/// Inverse of study_key.
struct StudyKey {
    std::string study_uid;
    std::string group;
};
StudyKey parse_study_key(std::string_view key);

/// How the name begins that stands for a missing study instance UID.
inline constexpr std::string_view kUnnamedStudy = "unnamed.";

/// Whether `uid` names a study whose images state no study instance UID: "unnamed." and a hash of
/// patient ID and study date or, where one of them is missing, of the folder's canonical path, so
/// that it does not depend on how a path was typed.
bool is_unnamed_study(std::string_view uid);

/// Ages in whole years at one examination may differ by rounding, and by a birthday between two
/// series; our choice.
inline constexpr double kMostYearsApart = 1.5;

}  // namespace paraspinal

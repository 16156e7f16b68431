// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

namespace paraspinal {

/// What a header says about how old a patient is, as DICOM text; any may be empty.
struct AgeSources {
    std::string stated_age;  ///< PatientAge (0010,1010): three digits and D, W, M or Y.
    std::string birth_date;  ///< YYYYMMDD
    std::string study_date;  ///< YYYYMMDD
};

/// Age at the study in years: the stated age, or else the birthdays since birth (whole years).
/// Range [0, 150]; nullopt when neither is there or makes sense.
std::optional<double> age_years(const AgeSources& sources);

/// Whether the stated age is more than kMostBirthYearsApart away from that of the dates. Of January
/// 1, which anonymizers write, nothing is known.
bool are_contradictory(const AgeSources& sources);

}  // namespace paraspinal

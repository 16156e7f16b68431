// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/study_report.h"

#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// What every picture, file and printout of a result says about itself.
inline constexpr std::string_view kResearchNotice = "Research use only. Not a medical device.";

/// Whose study it is, measured or not.
const StudyIdentity& identity_of(const StudyOutcome& outcome);

/// Column text: "ok", "flagged" or "failed". Doubts about the risk alone do not flag a measurement.
std::string_view status_name(const StudyOutcome& outcome);
std::string_view status_name(const StudyReport& report);

/// The outcomes in the order of all tables: by patient ID, then study UID.
std::vector<const StudyOutcome*> sorted_outcomes(const std::vector<StudyOutcome>& outcomes);

/// Names of the flags as in the `qc_flags` column: "fat_low;outline_small", or empty.
std::string flag_names(const StudyReport& report);

/// Only those with such a subject, as in the columns `image_flags` and `risk_flags`.
std::string flag_names_about(const StudyReport& report, bool (*is_wanted)(FlagSubject));
bool is_of_image(FlagSubject subject);  ///< The image, or the level that it shows.
bool is_of_risk(FlagSubject subject);

/// Whether a flag of that name, as files have it, is one of FoundRisk, which another clinical table
/// may change.
bool is_flag_of_estimate(std::string_view name);

/// Name of the folder that holds the files of one study: uid_name of its UID, which tells nothing
/// about the patient and which no other study shares.
std::string study_folder_name(const StudyIdentity& study);

/// The first 16 of its 32 digits, where there is no room for more: pictures, and tables on a
/// terminal.
std::string short_study_name(const StudyIdentity& study);

}  // namespace paraspinal

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

/// Digits after the point, the same in every table and file: an area is exact to the pixel down to
/// a pixel side of 0.35 mm, and all are finer than any difference between two readers.
inline constexpr int kAreaDecimals = 3;        ///< cm2
inline constexpr int kPercentDecimals = 2;     ///< FDR, asymmetry, risk
inline constexpr int kRatioDecimals = 3;       ///< CSA / VB
inline constexpr int kDistanceDecimals = 2;    ///< Slice offset in mm, tilt in degrees.
inline constexpr int kConfidenceDecimals = 3;  ///< [0, 1]

/// Whose study it is, measured or not.
const StudyIdentity& identity_of(const StudyOutcome& outcome);

/// Column text: "ok", "flagged" or "failed".
std::string_view status_name(const StudyOutcome& outcome);
std::string_view status_name(const StudyReport& report);

/// The outcomes in the order of all tables: by patient ID, then study UID.
std::vector<const StudyOutcome*> sorted_outcomes(const std::vector<StudyOutcome>& outcomes);

/// `values` with `separator` between them.
std::string joined(const std::vector<std::string>& values, std::string_view separator);

/// Names of the flags as in the `qc_flags` column: "fat_low;outline_small", or empty.
std::string flag_names(const StudyReport& report);

/// Name of the folder that holds the files of one study: a short hash of its UID, so that it tells
/// nothing about the patient.
std::string study_folder_name(const StudyIdentity& study);

}  // namespace paraspinal

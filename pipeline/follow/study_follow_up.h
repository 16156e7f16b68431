// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/follow/pair_words.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace paraspinal {

/// What changed since an earlier examination of the same patient, for the page of a study.
struct EarlierExamination {
    std::string study_uid;  ///< Of the earlier one.
    std::string heading;    ///< "2024-01-31 to 2026-01-31 (2.0 years)".
    std::string summary;    ///< As change_summary.
    PairTable table;
};

/// By study UID of the later one.
using EarlierExaminations = std::map<std::string, std::vector<EarlierExamination>>;

/// Those of each study in the folder of a run that has some: first the one before it, then, for the
/// last of three and more, the first. Compared as follow_patients compares all of one run; where
/// IDs that differ in spelling leave in doubt whose they are, nothing is said. Holds rows of
/// patients with several examinations alone, so that a run of thousands stays small. Throws Error
/// as read_examinations.
EarlierExaminations earlier_examinations(const std::filesystem::path& run);

}  // namespace paraspinal

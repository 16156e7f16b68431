// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/batch/study_record.h"

#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// Columns of measurements.csv that the list of studies shows.
inline constexpr std::array<std::string_view, 19> kListColumns{"patient_id",
                                                               "study_date",
                                                               "status",
                                                               "reason",
                                                               "message",
                                                               "level",
                                                               "level_source",
                                                               "level_alternative",
                                                               "csa_cm2",
                                                               "csa_low_cm2",
                                                               "csa_high_cm2",
                                                               "fdr_pct",
                                                               "fdr_low_pct",
                                                               "fdr_high_pct",
                                                               "vb_cm2",
                                                               "risk_pct",
                                                               "qc_flags",
                                                               "study_uid",
                                                               "outline_source"};

/// A study in the folder of a run.
struct ListedStudy {
    std::string study_uid;         ///< As study_key.
    std::filesystem::path folder;  ///< Of its files, in that of the run.
    /// Of its result, as one text: there are tens of thousands, and they stay in memory.
    std::string cells;
    std::filesystem::file_time_type written{};  ///< When its record was; of `measure` never.
};

/// kListColumns of its result.
std::vector<std::string> list_cells(const ListedStudy& study);
/// seen_cells of its result.
NamedCells seen_cells(const ListedStudy& study);

/// The studies in the folder of a `batch` or `listen` (from the records beside their results, so
/// that one may go on at the same time), or else of `measure` (from its tables); sorted by patient
/// ID, then study UID. Throws Error input_not_found when there is neither, saying what makes them.
std::vector<ListedStudy> list_studies(const std::filesystem::path& folder);

/// Brings `studies` up to what is in the folder now. Each keeps its place, also when its result is
/// gone for the moment; new ones come at the end. Throws as list_studies.
void look_again(const std::filesystem::path& folder, std::vector<ListedStudy>& studies);

/// The result of `study` as it is now. Throws Error slice_not_found when it is gone.
StudyRecord current_record(const std::filesystem::path& folder, const ListedStudy& study);

}  // namespace paraspinal

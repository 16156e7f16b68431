// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/batch/study_record.h"

#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// What is looked at of "acquisition" in measurement.json.
inline constexpr std::array<std::string_view, 7> kAcquisitionFacts{"manufacturer",
                                                                   "manufacturer_model",
                                                                   "field_strength_t",
                                                                   "scanning_sequence",
                                                                   "repetition_time_ms",
                                                                   "echo_time_ms",
                                                                   "slice_thickness_mm"};
/// And how its fat was told: what of the way to fat the threshold lies at (method reference), and
/// "yes" or "no".
inline constexpr std::string_view kFatShareFact = "fat_share_pct";
inline constexpr std::string_view kBiasFact = "bias_corrected";

/// One examination as a run left it.
struct Examination {
    NamedCells row;                ///< Of measurements.csv; a date that can be read as YYYYMMDD.
    std::filesystem::path run;     ///< The folder of that table.
    std::filesystem::path folder;  ///< Of its files; empty when there is none.
    std::filesystem::path labels;  ///< Of a correction, where that is what was measured.
    std::string date;              ///< "2026-01-31" or empty.
    /// Those of kAcquisitionFacts, kFatShareFact and kBiasFact that measurement.json states.
    std::map<std::string, std::string, std::less<>> facts;
    std::vector<NamedCells> slices;     ///< Its measured lines of slices.csv.
    std::vector<NamedCells> vertebrae;  ///< Those of vertebrae.csv.
    /// At its other levels: measured lines of levels.csv, with the facts of their own
    /// measurement.json.
    std::vector<Examination> levels;
};

/// The number in a cell; nullopt when it is empty.
std::optional<double> number_in(const NamedCells& row, std::string_view column);

/// Whether a line has numbers: status ok or flagged.
bool is_measured(const NamedCells& row);

/// Whether its outlines are not those of the network alone: drawn, corrected, or from a file.
bool has_other_outlines(const Examination& one);

/// Whether other studies with its patient ID are of somebody else (patient_id_contradiction).
bool has_id_of_several(const Examination& one);

/// Who was examined: the ID without what plain_patient_id leaves out. Empty where it names nobody:
/// it is missing, or what devices and exports write for everybody ("ANONYMOUS", "0").
std::string patient_of(const Examination& one);

/// All rows of measurements.csv of all `runs`, failures included, sorted by patient, date and study
/// UID. Readings are in the tables already. A study in several runs counts once, whatever the order
/// of `runs`: a reader's rejection before a measurement, that before a failure; slices, vertebrae,
/// levels and facts where one has them. Rows of one table that share ID and study UID but not the
/// folder (two people under one UID) stay apart, and so do measurements of several runs that
/// differ. `study_uids`: those of these studies alone; null: all. Throws Error as run_table_file
/// and read_checked_rows.
std::vector<Examination> read_examinations(const std::vector<std::filesystem::path>& runs,
                                           const std::set<std::string>* study_uids = nullptr);

}  // namespace paraspinal

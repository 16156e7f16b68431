// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/batch/study_record.h"

#include <array>
#include <filesystem>
#include <map>
#include <optional>
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

/// One examination as a run left it.
struct Examination {
    NamedCells row;                ///< Of measurements.csv.
    std::filesystem::path folder;  ///< Of its files; empty when there is none.
    std::filesystem::path labels;  ///< Of a correction, where that is what was measured.
    std::string date;              ///< "2026-01-31" or empty.
    /// kAcquisitionFacts as text, those that its measurement.json states.
    std::map<std::string, std::string, std::less<>> acquisition;
    std::vector<NamedCells> slices;  ///< Its measured lines of slices.csv.
};

/// The number in a cell; nullopt when it is empty.
std::optional<double> number_in(const NamedCells& row, std::string_view column);

/// All rows of measurements.csv of all `runs`, failures included, sorted by patient ID, date and
/// study UID. A study in several runs counts once, as ExportedStudies has it. Readings are in the
/// tables already. Throws Error duplicate_study, and as read_run_table and CsvReader.
std::vector<Examination> read_examinations(const std::vector<std::filesystem::path>& runs);

}  // namespace paraspinal

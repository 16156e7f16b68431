// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/columns/table_reader.h"
#include "risk/model/estimate_risk.h"
#include "risk/model/points_score.h"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// Where the values of a risk table come from; at least one file.
struct RiskTableInput {
    std::filesystem::path clinical;      ///< A table or JSON; may be empty.
    TableOptions reading{};              ///< Of the clinical table.
    std::filesystem::path measurements;  ///< measurements.csv; may be empty.
};

/// What a reader of a risk table must be told besides its rows. Lines are those of the clinical
/// file, or of the measurements where there is no clinical file.
struct RiskTableNotes {
    std::size_t rows = 0;
    std::size_t failed_rows = 0;
    std::vector<std::string> without_column;         ///< Predictors that no file gives.
    std::vector<std::size_t> unmatched_lines;        ///< Patients without a measurement.
    std::vector<std::size_t> other_date_lines;       ///< Patients measured at other dates only.
    std::vector<std::size_t> unreadable_date_lines;  ///< Not joined: a date cannot be read.
    std::vector<std::size_t> ambiguous_lines;        ///< No date tells which examination is meant.
    std::vector<std::size_t> other_level_lines;      ///< Of measurements: not at L3, so not used.
    std::size_t unmatched_measurements = 0;          ///< Measured rows that no clinical row joined.
};

/// Writes the risk table of `input` in pieces of whole lines, header first, to `write`: one row a
/// patient in the order of the file. A patient whose values are impossible gets a row with status
/// "failed" and the reason; one whose image values are all missing is "flagged". Memory does not
/// grow with a clinical CSV; the measurements are held. Two files are joined by patient_id where
/// both have it, else by accession_number, and several examinations of one patient by their date,
/// as match_examination has it; a patient for whom that finds no measurement is "flagged". Throws
/// Error as TableReader, and malformed_file when two files are to be joined without a key, or cells
/// cannot be read: all of them in one message, before anything is written.
RiskTableNotes write_risk_table(const RiskTableInput& input,
                                RiskEstimator& estimator,
                                const std::function<void(std::string_view)>& write);

/// The same by a score of points. A patient who lacks items is "flagged".
RiskTableNotes write_points_table(const RiskTableInput& input,
                                  const PointsScore& score,
                                  const std::function<void(std::string_view)>& write);

/// What tables must know of a score to find its items: a model of that name with their keys and
/// kinds, good for nothing else.
RiskModel columns_of(const PointsScore& score);

/// Values without the errors of their measurement, which a score does not use.
std::vector<std::optional<double>> plain_values(
    const std::vector<std::optional<RiskInput>>& values);

/// The values of the one patient that a clinical file or a measurements file describes.
/// Throws Error usage when there are none or several.
std::vector<std::optional<RiskInput>> single_patient(const RiskTableInput& input,
                                                     const RiskModel& model);

/// The same of the measurement of that patient, as measured_otherwise of a row.
std::string measured_otherwise(const RiskTableInput& input, const RiskModel& model);

}  // namespace paraspinal

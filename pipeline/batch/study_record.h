// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/flag.h"
#include "io/ledger/ledger.h"
#include "pipeline/study/study_report.h"
#include "pipeline/study/study_result.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// One line of a table with the names of its cells, in order.
struct NamedCells {
    std::vector<std::string> columns;
    std::vector<std::string> cells;

    /// Text of a cell; empty when there is no such column.
    [[nodiscard]] std::string get(std::string_view column) const;
    /// Gives a cell another text; a column that is not there yet comes at the end.
    void set(std::string_view column, std::string text);
    /// Puts a flag among those of a column, each once and sorted, and makes status ok flagged,
    /// unless the flag is about the risk.
    void add_flag(std::string_view column, Flag flag);
};

/// What decides whether a study has to be measured again; see batch.h.
struct Fingerprints {
    std::string inputs;   ///< Of its files: paths, sizes and times.
    std::string options;  ///< Of options, programs and models.
};

/// Lines that share their columns.
struct CellTable {
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;

    /// Replaces each line by what `change` makes of it.
    void change_lines(const std::function<NamedCells(NamedCells line)>& change);
};

/// A line of levels.csv.
struct LevelLine {
    std::string level;
    std::optional<NamedCells> own;  ///< Nothing: the line of the study, as LevelOutcome.
};

/// How one study ended, as `record.json` of its folder keeps it: its line in measurements.csv, its
/// lines in the other tables, and what it was made from. The ledger is made of these, and
/// can be made again. Holds no time, so that a rerun writes the same bytes.
struct StudyRecord {
    std::string study_uid;  ///< As study_key.
    std::string patient_id;
    std::string status;   ///< ok, flagged or failed.
    std::string reason;   ///< Code of a failure, else empty.
    std::string message;  ///< Error::what() of a failure.
    Fingerprints fingerprints;
    NamedCells measurement;
    std::vector<NamedCells> muscles;
    std::vector<LevelLine> levels;
    CellTable slices;
    CellTable volumes;
    CellTable vertebrae;
    std::vector<Ledger::SkippedEntry> left_out;  ///< Images of the study that cannot be read.
};

StudyRecord study_record(const StudyOutcome& outcome,
                         const FurtherSlices& further,
                         const Fingerprints& fingerprints,
                         const std::string& software_version);

/// Its cells, with the level also where the study failed.
NamedCells cells_of(const LevelLine& line, const StudyRecord& record);

std::string record_json(const StudyRecord& record);
/// Throws Error malformed_file for text that record_json did not write.
StudyRecord parse_record(std::string_view json);

/// Path of a study's record in the folder of a batch.
std::filesystem::path record_path(const std::filesystem::path& batch_folder,
                                  const std::string& study_uid);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/ledger/ledger.h"
#include "pipeline/batch/readings/apply_readings.h"
#include "pipeline/batch/study_record.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace paraspinal {

using SkippedEntries = std::vector<Ledger::SkippedEntry>;

/// Calls its argument for each record, in the order of the table; called once a table.
using ForEachRecord = std::function<void(const std::function<void(const StudyRecord&)>& visit)>;

/// Write one table of records, with the columns of this version. Memory does not grow with the
/// number of studies. Throw Error output_not_writable.
void write_measurements(const std::filesystem::path& file, const ForEachRecord& for_each_record);
/// `levels.csv`, `slices.csv`, `volumes.csv` and `vertebrae.csv` in `folder`, those for which some
/// record has a line; returns their paths. Those of an earlier run are removed where none has.
std::vector<std::filesystem::path> write_further_tables(const std::filesystem::path& folder,
                                                        const ForEachRecord& for_each_record);
void write_muscles(const std::filesystem::path& file, const ForEachRecord& for_each_record);

/// Writes `measurements.csv`, `muscles.csv`, `vertebrae.csv`, what `--levels` and `--every-slice`
/// asked for, and `skipped_files.csv` of everything in `ledger`, and of `not_taken`
/// (TakenOutlines), into `folder`, as `readings` have it, and with what `contradictions` (those of
/// the ledger) say; returns their paths. Sorted by patient
/// ID, then study UID: neither the number of jobs nor the order of runs leaves a trace. Throws
/// Error output_not_writable.
std::vector<std::filesystem::path> write_batch_tables(const Ledger& ledger,
                                                      const std::filesystem::path& folder,
                                                      const ChosenReadings& readings,
                                                      const ContradictionsByStudy& contradictions,
                                                      const SkippedEntries& not_taken = {});

/// `skipped_files.csv` of a few files, for `measure`, with absolute paths as that of a batch.
std::string skipped_csv(const std::vector<SkippedFile>& files);

/// Images of `ledger` that could not be read: those of studies, and those that name none.
std::int64_t count_left_out(const Ledger& ledger);

}  // namespace paraspinal

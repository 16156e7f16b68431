// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/batch/export/batch_tables.h"
#include "pipeline/batch/run_batch.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace paraspinal {

/// Outlines that somebody drew elsewhere: one file a study.
struct OutlinesFolder {
    std::filesystem::path folder;     ///< Empty: there are none.
    std::filesystem::path roi_names;  ///< As read_roi_names; may be empty.
    std::string reader = "outlines";  ///< Who drew them, as is_reader_name.
};

struct TakenOutlines {
    std::int64_t taken = 0;    ///< Files that became a reading now.
    std::int64_t known = 0;    ///< Files that had become one before.
    SkippedEntries not_taken;  ///< The others, by name, each with its reason.
};

/// Makes each file in `outlines.folder` (not below it) a reading of its study, in worker processes
/// as run_batch; the results of the run stay as they are. A file belongs to the study of `ledger`
/// whose study instance UID, accession number or study folder its name is, without the ending
/// .nii.gz, .nii, .zip, .roi or .dcm. Not taken are files of no study, of several, several of one
/// study, and what take_drawing refuses. A file whose content its reader has a reading from is
/// taken no second time, but for one that is her last word and was measured under other options:
/// it is measured again and keeps its time, and so its place among the decisions of others.
/// Throws Error input_not_found when there is no such folder, and as for_each_reading.
TakenOutlines take_outlines(const Ledger& ledger,
                            const OutlinesFolder& outlines,
                            const BatchOptions& options,
                            const std::function<bool()>& should_stop);

}  // namespace paraspinal

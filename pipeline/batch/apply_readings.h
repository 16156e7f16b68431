// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/batch/reading.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace paraspinal {

/// `--reading`: whose word counts in a table.
inline constexpr const char* kLatestReading = "latest";  ///< The last decision, whoever made it.
inline constexpr const char* kNoReading = "model";       ///< Nobody's: the run as it was.

/// The decision about each study that counts.
class ChosenReadings {
  public:
    /// Reads those of all `folders`. `choice` is kLatestReading, kNoReading or the name of a
    /// reader, of whom the last decision counts. Of the time of two, the later one in its file.
    /// Throws Error usage for a reader without any reading, and as for_each_reading.
    ChosenReadings(const std::vector<std::filesystem::path>& folders, const std::string& choice);

    /// Null: nobody decided about it.
    [[nodiscard]] const Reading* of(const std::string& study_uid) const;

  private:
    std::map<std::string, Reading> by_study_;
};

/// Whether the result that was decided about is another one than `measurement`.
bool is_outdated(const Reading& reading, const NamedCells& measurement);

/// `record` as `reading` (null: none) has it, with the columns `reading`, `reader`, `review_status`
/// and `review_note`. A correction brings its numbers; a rejection makes the study a failed one
/// (rejected_by_reader) without numbers, so that none of them can end up in a mean, and so do its
/// other levels.
StudyRecord with_reading(StudyRecord record, const Reading* reading);

}  // namespace paraspinal

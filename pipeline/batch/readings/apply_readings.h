// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/batch/readings/reading.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace paraspinal {

/// `--reading`: whose word counts in a table.
inline constexpr const char* kLatestReading = "latest";  ///< The last decision, whoever made it.
inline constexpr const char* kNoReading = "model";       ///< Nobody's: the run as it was.

/// What each reader decided last about each study, oldest first; of two of the same time the one
/// that stands later in its file is the later.
struct StandingReadings {
    std::vector<Reading> readings;
    std::size_t damaged = 0;  ///< As for_each_reading.
};

/// Reads those of all `folders`. Throws as for_each_reading.
StandingReadings standing_readings(const std::vector<std::filesystem::path>& folders);

/// The decision about each study that counts.
class ChosenReadings {
  public:
    /// Reads those of all `folders`. `choice` is kLatestReading, kNoReading or the name of a
    /// reader, of whom the last decision counts.
    /// Throws Error usage for a reader without any reading, and as for_each_reading.
    ChosenReadings(const std::vector<std::filesystem::path>& folders, const std::string& choice);
    /// The same of those that were read already. Throws Error usage.
    ChosenReadings(StandingReadings standing, const std::string& choice);

    /// Null: nobody decided about it.
    [[nodiscard]] const Reading* of(const std::string& study_uid) const;

  private:
    std::map<std::string, Reading> by_study_;
};

/// Whether the result that was decided about is another one than `measurement`: what she decided,
/// and what she measured with the settings of that time, does not belong to it.
bool is_outdated(const Reading& reading, const NamedCells& measurement);

/// `record` as `reading` (null: none) has it, with the columns `reading`, `reader`, `review_status`
/// and `review_note`. A correction brings its numbers, unless it is outdated; a rejection makes the
/// study a failed one (rejected_by_reader) without numbers, so that none of them can end up in a
/// mean, and so do its other levels.
StudyRecord with_reading(StudyRecord record, const Reading* reading);

}  // namespace paraspinal

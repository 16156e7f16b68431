// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listen/followed_readings.h"

#include "core/error.h"
#include "io/digest.h"
#include "pipeline/batch/readings/readings_file.h"

#include <system_error>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

fs::file_time_type time_of_readings(const fs::path& folder) {
    std::error_code none;
    return fs::last_write_time(folder / kReadingsFile, none);
}

}  // namespace

bool FollowedReadings::have_changed() const {
    return time_of_readings(folder_) != written_;
}

void FollowedReadings::read_again() {
    // The time first, so that what is written meanwhile is read the next time.
    const fs::file_time_type written = time_of_readings(folder_);
    StandingReadings standing = standing_readings({folder_});
    const std::size_t damaged = standing.damaged;
    try {
        chosen_ = ChosenReadings(std::move(standing), choice_);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::usage) {
            throw;
        }
        chosen_ = ChosenReadings(StandingReadings(), kNoReading);
        log_(error.message());
    }
    if (damaged > 0) {
        log_(std::to_string(damaged) + " lines of " + kReadingsFile +
             " are damaged and left out: decisions may be missing from the tables");
    }
    written_ = written;
}

void FollowedReadings::tell_if_outdated(const StudyRecord& now) const {
    const Reading* const reading = chosen_.of(now.study_uid);
    if (reading != nullptr && is_outdated(*reading, now.measurement)) {
        log_("study " + uid_name(now.study_uid) + ": what " + reading->reader +
             " decided belongs to an earlier result; its row is that of the run (review_status "
             "outdated) until 'batch' on this folder measures corrected outlines again, or "
             "somebody looks at it in 'review'");
    }
}

const ChosenReadings& FollowedReadings::current() {
    if (have_changed()) {
        read_again();
    }
    return chosen_;
}

}  // namespace paraspinal

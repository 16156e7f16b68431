// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listen/followed_readings.h"

#include "core/error.h"
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
    try {
        chosen_ = ChosenReadings({folder_}, choice_);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::usage) {
            throw;
        }
        chosen_ = ChosenReadings({}, kNoReading);
        log_(error.message());
    }
    if (const std::size_t damaged = for_each_reading(folder_, [](const Reading&) {}); damaged > 0) {
        log_(std::to_string(damaged) + " lines of " + kReadingsFile +
             " are damaged and left out: decisions may be missing from the tables");
    }
    written_ = written;
}

const ChosenReadings& FollowedReadings::current() {
    if (have_changed()) {
        read_again();
    }
    return chosen_;
}

}  // namespace paraspinal

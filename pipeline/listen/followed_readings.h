// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/node/server/receiver_process.h"
#include "pipeline/batch/readings/apply_readings.h"

#include <filesystem>
#include <string>
#include <utility>

namespace paraspinal {

/// The readings in the folder of a node, which people make in `review` while it runs.
class FollowedReadings {
  public:
    /// `choice` as ChosenReadings; `log` is told when it names somebody who has read nothing yet.
    FollowedReadings(std::filesystem::path folder, std::string choice, NodeLog log)
        : folder_(std::move(folder)), choice_(std::move(choice)), log_(std::move(log)) {}

    /// Whether somebody has read since they were read here.
    [[nodiscard]] bool have_changed() const;
    /// Reads them. Throws Error as for_each_reading.
    void read_again();
    /// As they are now. Throws as read_again.
    const ChosenReadings& current();
    /// Tells the log when the decision about this study belongs to an earlier result of it.
    void tell_if_outdated(const StudyRecord& now) const;
    /// As they were read last; at first nobody's.
    [[nodiscard]] const ChosenReadings& chosen() const { return chosen_; }

  private:
    std::filesystem::path folder_;
    std::string choice_;
    NodeLog log_;
    ChosenReadings chosen_{StandingReadings(), kNoReading};
    // The time of a file that is not there.
    std::filesystem::file_time_type written_ = std::filesystem::file_time_type::min();
};

}  // namespace paraspinal

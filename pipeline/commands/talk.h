// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/batch/run_batch.h"

#include <chrono>
#include <string>

namespace paraspinal {

/// What a command says on standard error while it works: one line that is written over on a
/// terminal, else a line now and then, for a log; nothing when quiet.
class Talk {
  public:
    explicit Talk(bool quiet);
    /// Removes the line that is to be replaced.
    ~Talk();
    Talk(const Talk&) = delete;
    Talk& operator=(const Talk&) = delete;
    Talk(Talk&&) = delete;
    Talk& operator=(Talk&&) = delete;

    /// A line that stays.
    void say(const std::string& text);
    /// A line that the next one replaces.
    void show(const std::string& text);
    /// Starts the clock of the studies.
    void begin_studies();
    void show(const BatchProgress& progress);

    /// For commands whose log is not to have such lines: whether anybody watches.
    static bool is_watched();

  private:
    using Clock = std::chrono::steady_clock;

    bool quiet_;
    bool is_terminal_;
    Clock::time_point begin_ = Clock::now();
    Clock::time_point last_shown_;
    bool line_is_open_ = false;
};

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/talk.h"

#include "pipeline/batch/progress_text.h"

#include <iostream>
#include <string_view>
#include <unistd.h>

namespace paraspinal {
namespace {

using std::chrono::milliseconds;

// Often enough to look alive on a terminal, seldom enough for a log of a weekend.
constexpr milliseconds kTerminalInterval{200};
constexpr milliseconds kLogInterval{30000};

// Back to the first column, and blank the old line.
constexpr std::string_view kStartOver = "\r\x1b[K";

// Past the stream, which keeps such characters from a terminal.
void start_over(bool is_needed) {
    if (is_needed) {
        [[maybe_unused]] const ssize_t written =
            write(STDERR_FILENO, kStartOver.data(), kStartOver.size());
    }
}

}  // namespace

Talk::Talk(bool quiet) : quiet_(quiet), is_terminal_(is_watched()) {}

Talk::~Talk() {
    start_over(line_is_open_);
}

bool Talk::is_watched() {
    return isatty(STDERR_FILENO) == 1;
}

void Talk::say(const std::string& text) {
    if (!quiet_) {
        start_over(line_is_open_);
        std::cerr << text << std::endl;
        line_is_open_ = false;
    }
}

void Talk::show(const std::string& text) {
    const Clock::time_point now = Clock::now();
    if (quiet_ || now - last_shown_ < (is_terminal_ ? kTerminalInterval : kLogInterval)) {
        return;
    }
    last_shown_ = now;
    if (is_terminal_) {
        start_over(true);
        std::cerr << text << std::flush;
        line_is_open_ = true;
    } else {
        std::cerr << text << std::endl;
    }
}

void Talk::begin_studies() {
    begin_ = Clock::now();
    last_shown_ = is_terminal_ ? Clock::time_point{} : begin_;
}

void Talk::show(const BatchProgress& progress) {
    show(progress_text(progress, std::chrono::duration<double>(Clock::now() - begin_).count()));
}

}  // namespace paraspinal

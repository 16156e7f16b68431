// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/progress_text.h"

#include "core/text.h"

#include <cmath>
#include <cstdint>

namespace paraspinal {

std::string duration_text(double seconds) {
    constexpr std::int64_t kSecondsPerMinute = 60;
    constexpr std::int64_t kMinutesPerHour = 60;
    const std::int64_t whole_s = std::llround(seconds);
    if (whole_s < 2 * kSecondsPerMinute) {
        return std::to_string(whole_s) + " s";
    }
    const std::int64_t minutes = std::llround(seconds / kSecondsPerMinute);
    if (minutes < 2 * kMinutesPerHour) {
        return std::to_string(minutes) + " min";
    }
    return std::to_string(minutes / kMinutesPerHour) + " h " +
           std::to_string(minutes % kMinutesPerHour) + " min";
}

std::string progress_text(const BatchProgress& progress, double elapsed_s) {
    std::string text = std::to_string(progress.done) + "/" + std::to_string(progress.total) +
                       " studies, " + std::to_string(progress.failed) + " failed";
    if (progress.done > 0 && elapsed_s > 0) {
        const double per_second = static_cast<double>(progress.done) / elapsed_s;
        const auto left = static_cast<double>(progress.total - progress.done);
        text +=
            ", " + fixed_text(per_second, 2) + "/s, " + duration_text(left / per_second) + " left";
    }
    return text;
}

std::string outcome_text(const Ledger& ledger) {
    std::int64_t measured = 0;
    std::int64_t failed = 0;
    std::string reasons;
    for (const Ledger::ReasonCount& count : ledger.count_by_reason()) {
        if (count.reason.empty()) {
            measured = count.studies;
            continue;
        }
        failed += count.studies;
        reasons +=
            (reasons.empty() ? ": " : ", ") + std::to_string(count.studies) + " " + count.reason;
    }
    const std::int64_t unread = ledger.count_unread();
    return std::to_string(measured) + " measured, " + std::to_string(failed) + " failed" + reasons +
           (unread == 0 ? ""
                        : "; " + std::to_string(unread) +
                              " files could not be read and are tried again by every run "
                              "(skipped_files.csv)");
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/pull/pull_studies.h"

#include "core/error.h"

#include <algorithm>
#include <memory>

namespace paraspinal {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds kFirstWait = seconds(5);
constexpr milliseconds kLongestWait = seconds(60);

bool is_due(const PullRow& row, bool retry) {
    switch (row.status) {
        case PullStatus::not_tried:
        case PullStatus::failed: return true;
        case PullStatus::incomplete:
        case PullStatus::not_found:
        case PullStatus::no_mr: return retry;
        default: return false;
    }
}

// The archive is at fault and another row may do better.
bool concerns_one_row(const Error& error) {
    return error.code() == ErrorCode::peer_unreachable ||
           error.code() == ErrorCode::transfer_failed;
}

void retrieve_study(Archive& archive, const std::string& study_uid, PullRow& row) {
    const std::vector<ArchivedSeries> all = archive.find_mr_series(study_uid);
    for (const ArchivedSeries& series : all) {
        const Retrieved retrieved = archive.retrieve(study_uid, series.series_uid);
        row.images += retrieved.stored;
        row.missing += std::max(retrieved.failed, series.instances.value_or(0) - retrieved.stored);
    }
    row.series += static_cast<std::int64_t>(all.size());
    if (!all.empty()) {
        row.study_uids.push_back(study_uid);
    }
}

PullRow pulled(Archive& archive, ArchiveKey key, const std::string& value) {
    PullRow row{.value = value};
    const std::vector<std::string> studies = archive.find_studies(key, value);
    for (const std::string& study_uid : studies) {
        retrieve_study(archive, study_uid, row);
    }
    if (studies.empty()) {
        row.status = PullStatus::not_found;
    } else if (row.study_uids.empty()) {
        row.status = PullStatus::no_mr;
    } else if (row.missing > 0) {
        row.status = PullStatus::incomplete;
    } else {
        row.status = row.study_uids.size() > 1 ? PullStatus::several : PullStatus::found;
    }
    return row;
}

// One run of pull: what is known of the archive from row to row.
class Pull {
  public:
    Pull(const PullOptions& options, const PullHooks& hooks) : options_(options), hooks_(hooks) {}

    // Nothing when the run was stopped meanwhile.
    std::unique_ptr<Archive> open() {
        milliseconds waited{0};
        for (milliseconds wait = kFirstWait;; wait = std::min(2 * wait, kLongestWait)) {
            try {
                auto archive =
                    std::make_unique<Archive>(options_.peer, options_.client, options_.destination);
                was_reached_ = true;
                return archive;
            } catch (const Error& error) {
                if (!was_reached_ || waited >= PullOptions::kPatience) {
                    throw;
                }
                hooks_.say(error.what());
            }
            hooks_.wait(wait);
            waited += wait;
            if (hooks_.should_stop()) {
                return nullptr;
            }
        }
    }

    PullRow attempt(const std::string& value) {
        if (!may_be_asked(value)) {
            return {.value = value,
                    .status = PullStatus::invalid,
                    .message =
                        "it is longer than 64 characters, or holds * ? \\ or letters "
                        "beyond ASCII"};
        }
        PullRow row{.value = value};
        for (int attempt = 0; attempt < PullOptions::kAttempts; ++attempt) {
            const std::unique_ptr<Archive> archive = open();
            if (!archive) {
                return {.value = value};
            }
            try {
                return pulled(*archive, options_.key, value);
            } catch (const Error& error) {
                if (!concerns_one_row(error)) {
                    throw;
                }
                row.status = PullStatus::failed;
                row.reason = error_name(error.code());
                row.message = error.what();
            }
        }
        return row;
    }

  private:
    const PullOptions& options_;
    const PullHooks& hooks_;
    bool was_reached_ = false;
};

}  // namespace

void pull_studies(std::vector<PullRow>& rows, const PullOptions& options, const PullHooks& hooks) {
    Pull pull(options, hooks);
    milliseconds next_start = hooks.clock();
    int failures_on_end = 0;
    for (PullRow& row : rows) {
        if (!is_due(row, options.retry)) {
            continue;
        }
        if (const milliseconds now = hooks.clock(); now < next_start) {
            hooks.wait(next_start - now);
        }
        if (hooks.should_stop()) {
            return;
        }
        next_start = hooks.clock() + options.interval;
        row = {.value = row.value};
        row = pull.attempt(row.value);
        hooks.row_done();
        failures_on_end = row.status == PullStatus::failed ? failures_on_end + 1 : 0;
        if (failures_on_end == PullOptions::kMostFailuresOnEnd) {
            throw Error(ErrorCode::transfer_failed,
                        std::to_string(failures_on_end) + " on end have failed, the last because " +
                            row.message + "; put that right and run the same command again");
        }
    }
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listen/received_files.h"

#include "io/node/server/incoming_lock.h"
#include "pipeline/batch/run_batch.h"

#include <algorithm>
#include <sys/stat.h>
#include <system_error>
#include <vector>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

// As the disk has it now: what came after the walk keeps the rest, to be measured with it.
bool is_all_older(const fs::path& folder, std::chrono::hours age) {
    const fs::file_time_type limit = fs::file_time_type::clock::now() - age;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        if (entry->last_write_time(error) > limit) {
            return false;
        }
    }
    return !error;
}

// Whether the disk has what was measured, and not a version that came after the walk.
bool is_as_measured(const LedgerFile& file) {
    constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;
    struct stat status {};
    return stat(file.path.c_str(), &status) == 0 && status.st_size == file.size_bytes &&
           status.st_mtim.tv_sec * kNanosecondsPerSecond + status.st_mtim.tv_nsec ==
               file.modified_ns;
}

}  // namespace

std::int64_t delete_old_files(const Ledger& ledger, std::chrono::hours age) {
    std::int64_t studies = 0;
    const ContradictionsByStudy contradictions = ledger.contradictions();
    ledger.for_each_study([&](const std::string& study_uid, const std::vector<LedgerFile>& files) {
        const std::optional<LedgerState> state = ledger.state(study_uid);
        const bool is_done =
            state && state->inputs ==
                         inputs_fingerprint(files, contradictions_of(contradictions, study_uid));
        const fs::path folder = files.front().path.parent_path();
        if (!is_done) {
            return;
        }
        const IncomingLock lock(folder.parent_path(), IncomingLock::For::deleting);
        if (!is_all_older(folder, age) || !std::ranges::all_of(files, is_as_measured)) {
            return;
        }
        std::error_code ignored;
        for (const LedgerFile& file : files) {
            fs::remove(file.path, ignored);
        }
        // Stays when something else has come into it.
        fs::remove(folder, ignored);
        ++studies;
    });
    return studies;
}

}  // namespace paraspinal

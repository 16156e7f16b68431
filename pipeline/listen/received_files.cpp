// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listen/received_files.h"

#include "pipeline/batch/run_batch.h"

#include <algorithm>
#include <system_error>
#include <vector>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

// As the disk has it now: a file that came again meanwhile is young.
bool is_older(const fs::path& file, std::chrono::hours age) {
    std::error_code error;
    const fs::file_time_type written = fs::last_write_time(file, error);
    return !error && fs::file_time_type::clock::now() - written > age;
}

}  // namespace

std::int64_t delete_old_files(const Ledger& ledger, std::chrono::hours age) {
    std::int64_t studies = 0;
    ledger.for_each_study([&](const std::string& study_uid, const std::vector<LedgerFile>& files) {
        const std::optional<LedgerState> state = ledger.state(study_uid);
        const bool is_done = state && state->inputs == inputs_fingerprint(files);
        if (!is_done || !std::ranges::all_of(files, [&](const LedgerFile& file) {
                return is_older(file.path, age);
            })) {
            return;
        }
        std::error_code ignored;
        for (const LedgerFile& file : files) {
            fs::remove(file.path, ignored);
        }
        // Stays when something else has come into it.
        fs::remove(files.front().path.parent_path(), ignored);
        ++studies;
    });
    return studies;
}

}  // namespace paraspinal

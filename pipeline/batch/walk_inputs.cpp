// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/walk_inputs.h"

#include "core/error.h"
#include "io/file_scan.h"
#include "io/find_files.h"
#include "io/nifti/scan.h"

#include <string>
#include <utility>

namespace paraspinal {
namespace {

bool is_lost_reader(const HeaderAnswer& answer) {
    return answer.skip_code == error_name(ErrorCode::crashed) ||
           answer.skip_code == error_name(ErrorCode::out_of_memory);
}

// A study that was measured under its old name goes on under it: it has one row.
std::string nifti_uid(const std::filesystem::path& file, const Ledger& ledger) {
    const std::string old = old_nifti_study_uid(file);
    return ledger.state(old) ? old : nifti_study_uid(file);
}

LedgerFileContent content_of(const std::filesystem::path& file,
                             const Ledger& ledger,
                             const ReadHeader& read) {
    if (has_nifti_name(file)) {
        return {
            .study_uid = nifti_uid(file, ledger), .person = {}, .skip_code = {}, .skip_reason = {}};
    }
    HeaderAnswer answer = read(file);
    if (is_lost_reader(answer)) {
        // What took the process may have been another one's fault, as when memory runs out.
        answer = read(file);
    }
    return {.study_uid = answer.identity.study_uid,
            .person = answer.identity.person,
            .skip_code = answer.skip_code,
            .skip_reason = answer.skip_reason,
            .accession_number = answer.identity.accession_number};
}

std::vector<std::filesystem::path> absolute(const std::vector<std::filesystem::path>& paths) {
    std::vector<std::filesystem::path> all;
    all.reserve(paths.size());
    for (const std::filesystem::path& path : paths) {
        all.push_back(std::filesystem::absolute(path).lexically_normal());
    }
    return all;
}

}  // namespace

WalkCount walk_inputs(Ledger& ledger,
                      const std::vector<std::filesystem::path>& roots,
                      const std::filesystem::path& output_folder,
                      const ReadHeader& read,
                      const std::function<void(const WalkCount&)>& progress) {
    constexpr std::int64_t kFilesPerReport = 1000;
    WalkCount count;
    const auto put = [&](const LedgerFile& file, const LedgerFileContent& content) {
        ledger.put_file(file, content);
        ++count.opened;
        count.skipped += content.skip_code.empty() ? 0 : 1;
    };
    ledger.begin_walk();
    const WalkVisitor visitor{.file =
                                  [&](const FileOnDisk& found) {
                                      const LedgerFile file{.path = found.path,
                                                            .size_bytes = found.size_bytes,
                                                            .modified_ns = found.modified_ns};
                                      if (!ledger.note_unchanged(file)) {
                                          put(file, content_of(file.path, ledger, read));
                                      }
                                      if (++count.files % kFilesPerReport == 0) {
                                          progress(count);
                                      }
                                  },
                              .skipped =
                                  [&](const SkippedFile& file) {
                                      put({.path = file.file},
                                          {.study_uid = {},
                                           .person = {},
                                           .skip_code = std::string(error_name(file.code)),
                                           .skip_reason = file.reason});
                                  }};
    walk_files(absolute(roots), output_folder, visitor);
    ledger.end_walk();
    return count;
}

}  // namespace paraspinal

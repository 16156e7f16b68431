// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/old_folders.h"

#include "core/error.h"
#include "core/text.h"
#include "io/read_file.h"
#include "pipeline/batch/study_record.h"

#include <system_error>
#include <vector>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

bool has_old_name(const fs::path& folder) {
    const std::string name = folder.filename().string();
    return name.size() == short_hash("").size() &&
           name.find_first_not_of("0123456789abcdef") == std::string::npos;
}

}  // namespace

void rename_old_folders(const fs::path& batch_folder) {
    std::vector<fs::path> old;
    std::error_code error;
    for (fs::directory_iterator entry(batch_folder, error), end; !error && entry != end;
         entry.increment(error)) {
        if (has_old_name(entry->path())) {
            old.push_back(entry->path());
        }
    }
    for (const fs::path& folder : old) {
        const auto record = read_file(folder / "record.json");
        try {
            const std::string study_uid = parse_record(record.value_or("")).study_uid;
            const fs::path target = record_path(batch_folder, study_uid).parent_path();
            if (folder.filename() == short_hash(study_uid) && !fs::exists(target)) {
                fs::rename(folder, target);
            }
        } catch (const Error&) {
            continue;  // No record that could say whose it is.
        }
    }
}

}  // namespace paraspinal

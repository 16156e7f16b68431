// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/run_table.h"

#include "core/error.h"
#include "core/text.h"
#include "io/digest.h"
#include "io/read_file.h"

#include <algorithm>
#include <system_error>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

// A table may be anybody's: no way out of the folder, no markup.
bool is_name(const std::string& text) {
    return std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    });
}

bool is_folder(const fs::path& path) {
    std::error_code failure;
    return fs::is_directory(path, failure);
}

// Whether the measurement in a study folder is that of this study.
bool names_study(const fs::path& folder, const std::string& study_uid) {
    const std::string text = read_file(folder / "measurement.json").value_or("");
    return !study_uid.empty() && text.find('"' + study_uid + '"') != std::string::npos;
}

}  // namespace

std::string RunTable::text(std::size_t row, std::string_view column) const {
    const auto found = std::ranges::find(rows.columns, column, &CohortColumn::name);
    return found == rows.columns.end() ? std::string() : found->texts.at(row);
}

fs::path run_table_file(const fs::path& folder) {
    fs::path file = folder / "measurements.csv";
    std::error_code failure;
    if (!fs::is_regular_file(file, failure)) {
        throw Error(
            ErrorCode::input_not_found,
            file.string() + " does not exist; 'paraspinal measure' and 'batch' with -o write it");
    }
    return file;
}

void check_run_columns(const std::vector<std::string>& columns) {
    for (const std::string_view needed : {"study_uid", "status"}) {
        if (std::ranges::find(columns, needed) == columns.end()) {
            throw Error(ErrorCode::malformed_file,
                        "no column " + std::string(needed) + "; it is no table of measurements");
        }
    }
}

RunTable read_run_table(const fs::path& folder) {
    const fs::path file = run_table_file(folder);
    RunTable run{.folder = folder, .rows = read_cohort(file)};
    std::vector<std::string> columns;
    for (const CohortColumn& column : run.rows.columns) {
        columns.push_back(column.name);
    }
    within(file.string(), [&columns] { check_run_columns(columns); });
    return run;
}

std::string study_folder_of(const fs::path& run,
                            const std::string& study_uid,
                            const std::string& named) {
    std::vector<std::string> places{""};
    for (int shard = 1; is_folder(run / ("shard_" + std::to_string(shard))); ++shard) {
        places.push_back("shard_" + std::to_string(shard) + "/");
    }
    for (const std::string& place : places) {
        if (!named.empty() && is_name(named) && is_folder(run / (place + named))) {
            return place + named;
        }
        if (is_folder(run / (place + uid_name(study_uid)))) {
            return place + uid_name(study_uid);
        }
        // Of a version before 0.2.0, whose names two studies can share.
        const std::string old = place + short_hash(study_uid);
        if (names_study(run / old, study_uid)) {
            return old;
        }
    }
    return {};
}

std::string study_folder_of(const RunTable& run, std::size_t row) {
    return study_folder_of(run.folder, run.text(row, "study_uid"), run.text(row, "study_folder"));
}

}  // namespace paraspinal

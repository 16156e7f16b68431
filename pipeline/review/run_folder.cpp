// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/review/run_folder.h"

#include "core/error.h"
#include "core/text.h"
#include "io/digest.h"
#include "io/read_file.h"
#include "io/tables/csv.h"
#include "pipeline/batch/readings/reading.h"

#include <algorithm>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

// Damaged ones belong to a study that is measured again.
std::optional<StudyRecord> record_in(const fs::path& study_folder) {
    const std::optional<std::string> json = read_file(study_folder / "record.json");
    try {
        return json ? std::optional(parse_record(*json)) : std::nullopt;
    } catch (const Error&) {
        return std::nullopt;
    }
}

constexpr char kCellEnd = '\x1f';  // The unit separator of ASCII.

// What the list keeps of a result.
ListedStudy listed(const StudyRecord& record, const fs::path& study_folder) {
    ListedStudy study{.study_uid = record.study_uid, .folder = study_folder, .cells = {}};
    const auto keep = [&](std::string_view column) {
        std::string cell = record.measurement.get(column);
        std::erase(cell, kCellEnd);
        study.cells += cell + kCellEnd;
    };
    std::ranges::for_each(kListColumns, keep);
    std::ranges::for_each(kSeenColumns, keep);
    study.cells.shrink_to_fit();
    return study;
}

std::string_view first_cell(const ListedStudy& study) {
    return std::string_view(study.cells).substr(0, study.cells.find(kCellEnd));
}

fs::file_time_type time_of_record(const fs::path& study_folder) {
    std::error_code error;
    return fs::last_write_time(study_folder / "record.json", error);
}

std::optional<ListedStudy> listed_in(const fs::path& study_folder) {
    const fs::file_time_type written = time_of_record(study_folder);
    const std::optional<StudyRecord> record = record_in(study_folder);
    if (!record) {
        return std::nullopt;
    }
    ListedStudy study = listed(*record, study_folder.filename());
    study.written = written;
    return study;
}

std::vector<ListedStudy> studies_with_records(const fs::path& folder) {
    std::vector<ListedStudy> studies;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
        if (auto study = listed_in(entry.path())) {
            studies.push_back(std::move(*study));
        }
    }
    return studies;
}

std::vector<NamedCells> rows_of(const fs::path& file) {
    std::vector<NamedCells> rows;
    if (!fs::is_regular_file(file)) {
        return rows;
    }
    CsvReader reader(file);
    while (reader.next()) {
        NamedCells row{.columns = reader.columns()};
        for (std::size_t column = 0; column < row.columns.size(); ++column) {
            row.cells.emplace_back(reader.cell(column));
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

StudyRecord record_of_row(NamedCells row) {
    return {.study_uid = row.get("study_uid"),
            .patient_id = row.get("patient_id"),
            .status = row.get("status"),
            .reason = row.get("reason"),
            .message = row.get("message"),
            .measurement = std::move(row)};
}

fs::path folder_of_row(const NamedCells& row) {
    const std::string stated = row.get("study_folder");
    // A path from a table must not lead out of the run.
    const bool is_name = !stated.empty() && fs::path(stated).filename() == stated && stated != "..";
    return is_name ? fs::path(stated) : fs::path(uid_name(row.get("study_uid")));
}

std::vector<ListedStudy> studies_in_tables(const fs::path& folder) {
    std::vector<ListedStudy> studies;
    for (NamedCells& row : rows_of(folder / "measurements.csv")) {
        const fs::path study_folder = folder_of_row(row);
        studies.push_back(listed(record_of_row(std::move(row)), study_folder));
    }
    return studies;
}

}  // namespace

std::vector<std::string> list_cells(const ListedStudy& study) {
    std::vector<std::string> cells = split(study.cells, kCellEnd);
    cells.resize(kListColumns.size());
    return cells;
}

NamedCells seen_cells(const ListedStudy& study) {
    const std::vector<std::string> cells = split(study.cells, kCellEnd);
    NamedCells seen;
    for (std::size_t i = 0; i < kSeenColumns.size(); ++i) {
        seen.set(kSeenColumns.at(i), cells.at(kListColumns.size() + i));
    }
    return seen;
}

std::vector<ListedStudy> list_studies(const fs::path& folder) {
    if (!fs::is_directory(folder)) {
        throw Error(ErrorCode::input_not_found, "no such folder: '" + folder.string() + "'");
    }
    std::vector<ListedStudy> studies = studies_with_records(folder);
    if (studies.empty()) {
        studies = studies_in_tables(folder);
    }
    if (studies.empty()) {
        throw Error(ErrorCode::input_not_found,
                    "there is no result in '" + folder.string() +
                        "'; 'paraspinal batch' or 'measure' with -o writes them. Of a run in "
                        "shards name the folder of one shard");
    }
    std::ranges::sort(studies, {}, [](const ListedStudy& study) {
        return std::pair<std::string_view, std::string_view>(first_cell(study), study.study_uid);
    });
    return studies;
}

void look_again(const fs::path& folder, std::vector<ListedStudy>& studies) {
    std::set<fs::path> known;
    for (ListedStudy& study : studies) {
        known.insert(study.folder);
        const fs::file_time_type now = time_of_record(folder / study.folder);
        if (now != study.written) {
            study = listed_in(folder / study.folder).value_or(study);
        }
    }
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
        if (!known.contains(entry.path().filename())) {
            if (auto study = listed_in(entry.path())) {
                studies.push_back(std::move(*study));
            }
        }
    }
}

StudyRecord current_record(const fs::path& folder, const ListedStudy& study) {
    if (std::optional<StudyRecord> record = record_in(folder / study.folder);
        record && record->study_uid == study.study_uid) {
        return std::move(*record);
    }
    std::optional<StudyRecord> found;
    for (NamedCells& row : rows_of(folder / "measurements.csv")) {
        if (row.get("study_uid") == study.study_uid) {
            found = record_of_row(std::move(row));
        }
    }
    if (!found) {
        throw Error(ErrorCode::slice_not_found,
                    "this study is being measured again; look at it when that is done");
    }
    for (NamedCells& row : rows_of(folder / "muscles.csv")) {
        if (row.get("study_uid") == study.study_uid) {
            found->muscles.push_back(std::move(row));
        }
    }
    return std::move(*found);
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/series_table.h"

#include "core/error.h"
#include "core/text.h"
#include "io/tables/csv.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <system_error>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, 3> kColumns{"study_id", "series_id", "series_description"};

bool has_columns(const fs::path& file) {
    try {
        const CsvReader table(file);
        return std::ranges::all_of(
            kColumns, [&table](const char* name) { return table.column(name).has_value(); });
    } catch (const Error&) {
        return false;
    }
}

std::vector<fs::path> tables_in(const fs::path& folder) {
    std::vector<fs::path> tables;
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
        if (lower_case(entry.path().extension().string()) == ".csv" &&
            entry.is_regular_file(error)) {
            tables.push_back(entry.path());
        }
    }
    std::ranges::sort(tables);
    return tables;
}

// The UID without its first parts: "1.2.34" ends in "34" and "2.34", not in "4".
bool names(const std::string& id, const std::string& uid, const std::string& folder) {
    return uid == id || uid.ends_with("." + id) || folder == id;
}

}  // namespace

SeriesTable read_series_table(const fs::path& file) {
    return within("file " + file.string(), [&file] {
        CsvReader csv(file);
        std::array<std::size_t, kColumns.size()> columns{};
        std::ranges::transform(kColumns, columns.begin(), [&csv](const char* name) {
            return csv.required_column(name);
        });
        SeriesTable table;
        while (csv.next()) {
            table[{std::string(trimmed(csv.cell(columns[0]))),
                   std::string(trimmed(csv.cell(columns[1])))}] = csv.cell(columns[2]);
        }
        return table;
    });
}

fs::path find_series_table(const std::vector<fs::path>& roots) {
    for (const fs::path& root : roots) {
        for (const fs::path& file : tables_in(root)) {
            if (has_columns(file)) {
                return file;
            }
        }
    }
    return {};
}

std::string description_in(const SeriesTable& table,
                           const std::string& study_uid,
                           const Series& series) {
    if (series.slices.empty()) {
        return {};
    }
    const fs::path folder = series.slices.front().file.parent_path();
    const std::string series_folder = folder.filename().string();
    const std::string study_folder = folder.parent_path().filename().string();
    for (const auto& [ids, description] : table) {
        if (names(ids.second, series.series_uid, series_folder) &&
            (names(ids.first, study_uid, study_folder) || ids.first == series_folder)) {
            return description;
        }
    }
    return {};
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/batch_tables.h"

#include "io/output_file.h"
#include "io/write_csv.h"
#include "pipeline/batch/study_record.h"
#include "pipeline/report/measurement_row.h"
#include "pipeline/report/muscles_csv.h"

#include <string>

namespace paraspinal {
namespace {

std::string csv_line(const std::vector<std::string>& cells) {
    std::string line;
    append_csv_row(line, cells);
    return line;
}

// A ledger of an older version may lack the newest columns.
std::vector<std::string> in_order(const NamedCells& line, const std::vector<std::string>& columns) {
    std::vector<std::string> cells;
    for (const std::string& column : columns) {
        cells.push_back(line.get(column));
    }
    return cells;
}

void write_table(const std::filesystem::path& file,
                 const std::vector<std::string>& columns,
                 const std::function<void(const std::function<void(const NamedCells&)>&)>& rows) {
    write_file_in_parts(file, [&](const AppendText& append) {
        append(csv_line(columns));
        rows([&](const NamedCells& line) { append(csv_line(in_order(line, columns))); });
    });
}

}  // namespace

std::vector<std::filesystem::path> write_batch_tables(const Ledger& ledger,
                                                      const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> written{
        folder / "measurements.csv", folder / "muscles.csv", folder / "skipped_files.csv"};
    write_table(written[0], measurement_columns(), [&ledger](const auto& write) {
        ledger.for_each_entry(
            [&write](const LedgerEntry& entry) { write(parse_record(entry.record).measurement); });
    });
    write_table(written[1], muscle_columns(), [&ledger](const auto& write) {
        ledger.for_each_entry([&write](const LedgerEntry& entry) {
            for (const NamedCells& muscle : parse_record(entry.record).muscles) {
                write(muscle);
            }
        });
    });
    const std::vector<std::string> columns{"file", "reason", "detail"};
    write_table(written[2], columns, [&](const auto& write) {
        ledger.for_each_skipped([&](const Ledger::SkippedEntry& file) {
            write({.columns = columns, .cells = {file.path, file.code, file.reason}});
        });
    });
    return written;
}

}  // namespace paraspinal

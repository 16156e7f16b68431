// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/export/batch_tables.h"

#include "core/error.h"
#include "io/output_file.h"
#include "io/tables/write_csv.h"
#include "pipeline/batch/export/contradicted.h"
#include "pipeline/report/tables/measurement_row.h"
#include "pipeline/report/tables/muscles_csv.h"
#include "pipeline/report/tables/slices_csv.h"
#include "pipeline/report/tables/vertebrae_csv.h"
#include "pipeline/report/tables/volumes_csv.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace paraspinal {
namespace {

std::string csv_line(const std::vector<std::string>& cells) {
    std::string line;
    append_csv_row(line, cells);
    return line;
}

// A record of an older version may lack the newest columns.
std::string csv_line(const NamedCells& line, const std::vector<std::string>& columns) {
    std::vector<std::string> cells;
    cells.reserve(columns.size());
    for (const std::string& column : columns) {
        cells.push_back(line.get(column));
    }
    return csv_line(cells);
}

const std::vector<std::string>& skipped_columns() {
    static const std::vector<std::string> columns{"file", "reason", "detail"};
    return columns;
}

// Those whose text has `part`: to parse a record takes more than all that is done with it.
ForEachRecord records_of(const Ledger& ledger, std::string_view part = "") {
    return [&ledger, part](const std::function<void(const StudyRecord&)>& visit) {
        ledger.for_each_entry([&](const LedgerEntry& entry) {
            if (entry.record.find(part) != std::string::npos) {
                visit(parse_record(entry.record));
            }
        });
    };
}

ForEachRecord records_with_files_left_out(const Ledger& ledger) {
    return records_of(ledger, R"("left_out")");
}

// Outlines first; files that belong to no study, in the order of their paths; then those of the
// studies.
void write_skipped_files(const std::filesystem::path& file,
                         const Ledger& ledger,
                         const SkippedEntries& not_taken) {
    write_file_in_parts(file, [&](const AppendText& append) {
        append(csv_line(skipped_columns()));
        for (const Ledger::SkippedEntry& skipped : not_taken) {
            append(csv_line({skipped.path, skipped.code, skipped.reason}));
        }
        ledger.for_each_skipped([&append](const Ledger::SkippedEntry& skipped) {
            append(csv_line({skipped.path, skipped.code, skipped.reason}));
        });
        records_with_files_left_out(ledger)([&append](const StudyRecord& record) {
            for (const Ledger::SkippedEntry& skipped : record.left_out) {
                append(csv_line({skipped.path, skipped.code, skipped.reason}));
            }
        });
    });
}

// What a study says that came after another one was measured counts for that one too.
ForEachRecord as_known(const ForEachRecord& for_each_record,
                       const ContradictionsByStudy& contradictions,
                       const ChosenReadings& readings) {
    return [&](const std::function<void(const StudyRecord&)>& visit) {
        for_each_record([&](const StudyRecord& record) {
            StudyRecord known = with_reading(record, readings.of(record.study_uid));
            visit(contradicted(std::move(known),
                               contradictions_of(contradictions, record.study_uid)));
        });
    };
}

using VisitLine = std::function<void(const NamedCells& line)>;
using LinesOf = std::function<void(const StudyRecord& record, const VisitLine& visit)>;

void visit_lines(const CellTable& table, const VisitLine& visit) {
    for (const std::vector<std::string>& row : table.rows) {
        visit({.columns = table.columns, .cells = row});
    }
}

struct Table {
    std::filesystem::path file;
    std::vector<std::string> columns;
    LinesOf lines_of;
    bool has_lines = false;
};

// All tables in one walk; `open` are those that are already being written.
void write_tables(std::span<Table> tables,
                  const ForEachRecord& for_each_record,
                  std::vector<AppendText> open = {}) {
    if (open.size() == tables.size()) {
        for_each_record([&](const StudyRecord& record) {
            for (std::size_t i = 0; i < tables.size(); ++i) {
                Table& table = tables[i];
                table.lines_of(record, [&](const NamedCells& line) {
                    table.has_lines = true;
                    open[i](csv_line(line, table.columns));
                });
            }
        });
        return;
    }
    const Table& next = tables[open.size()];
    write_file_in_parts(next.file, [&](const AppendText& append) {
        append(csv_line(next.columns));
        open.push_back(append);
        write_tables(tables, for_each_record, open);
    });
}

Table measurements_table(const std::filesystem::path& file) {
    return {.file = file,
            .columns = measurement_columns(),
            .lines_of = [](const StudyRecord& record, const VisitLine& visit) {
                visit(record.measurement);
            }};
}

Table muscles_table(const std::filesystem::path& file) {
    return {.file = file,
            .columns = muscle_columns(),
            .lines_of = [](const StudyRecord& record, const VisitLine& visit) {
                std::ranges::for_each(record.muscles, visit);
            }};
}

std::vector<Table> further_tables(const std::filesystem::path& folder) {
    const auto lines_of = [](CellTable StudyRecord::*table) {
        return [table](const StudyRecord& record, const VisitLine& visit) {
            visit_lines(record.*table, visit);
        };
    };
    return {{.file = folder / "levels.csv",
             .columns = measurement_columns(),
             .lines_of =
                 [](const StudyRecord& record, const VisitLine& visit) {
                     for (const LevelLine& line : record.levels) {
                         visit(cells_of(line, record));
                     }
                 }},
            {.file = folder / "slices.csv",
             .columns = slice_columns(),
             .lines_of = lines_of(&StudyRecord::slices)},
            {.file = folder / "volumes.csv",
             .columns = volume_columns(),
             .lines_of = lines_of(&StudyRecord::volumes)},
            {.file = folder / "vertebrae.csv",
             .columns = vertebra_columns(),
             .lines_of = lines_of(&StudyRecord::vertebrae)}};
}

// Removes tables without a line; the paths of the others.
std::vector<std::filesystem::path> kept(std::span<const Table> tables) {
    std::vector<std::filesystem::path> files;
    for (const Table& table : tables) {
        if (table.has_lines) {
            files.push_back(table.file);
        } else {
            std::filesystem::remove(table.file);
        }
    }
    return files;
}

}  // namespace

void write_measurements(const std::filesystem::path& file, const ForEachRecord& for_each_record) {
    std::array tables{measurements_table(file)};
    write_tables(tables, for_each_record);
}

void write_muscles(const std::filesystem::path& file, const ForEachRecord& for_each_record) {
    std::array tables{muscles_table(file)};
    write_tables(tables, for_each_record);
}

std::vector<std::filesystem::path> write_further_tables(const std::filesystem::path& folder,
                                                        const ForEachRecord& for_each_record) {
    std::vector<Table> tables = further_tables(folder);
    write_tables(tables, for_each_record);
    return kept(tables);
}

std::vector<std::filesystem::path> write_batch_tables(const Ledger& ledger,
                                                      const std::filesystem::path& folder,
                                                      const ChosenReadings& readings,
                                                      const ContradictionsByStudy& contradictions,
                                                      const SkippedEntries& not_taken) {
    const ForEachRecord measured = records_of(ledger);
    std::vector<Table> tables = further_tables(folder);
    const std::size_t further = tables.size();
    tables.push_back(measurements_table(folder / "measurements.csv"));
    tables.push_back(muscles_table(folder / "muscles.csv"));
    write_tables(tables, as_known(measured, contradictions, readings));
    std::vector<std::filesystem::path> written{
        folder / "measurements.csv", folder / "muscles.csv", folder / "skipped_files.csv"};
    write_skipped_files(written.back(), ledger, not_taken);
    std::ranges::copy(kept(std::span(tables).first(further)), std::back_inserter(written));
    return written;
}

std::int64_t count_left_out(const Ledger& ledger) {
    std::int64_t count = 0;
    records_with_files_left_out(ledger)([&count](const StudyRecord& record) {
        count += static_cast<std::int64_t>(record.left_out.size());
    });
    ledger.for_each_skipped([&count](const Ledger::SkippedEntry& skipped) {
        count += skipped.code == error_name(ErrorCode::not_an_image) ? 0 : 1;
    });
    return count;
}

std::string skipped_csv(const std::vector<SkippedFile>& files) {
    std::string text = csv_line(skipped_columns());
    for (const SkippedFile& file : files) {
        const auto path = std::filesystem::absolute(file.file).lexically_normal();
        text += csv_line({path.string(), std::string(error_name(file.code)), file.reason});
    }
    return text;
}

}  // namespace paraspinal

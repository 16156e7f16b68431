// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/export/batch_tables.h"

#include "core/error.h"
#include "io/output_file.h"
#include "io/tables/write_csv.h"
#include "pipeline/report/tables/measurement_row.h"
#include "pipeline/report/tables/muscles_csv.h"
#include "pipeline/report/tables/slices_csv.h"
#include "pipeline/report/tables/vertebrae_csv.h"
#include "pipeline/report/tables/volumes_csv.h"

#include <string>

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

// Outlines first; files that belong to no study, in the order of their paths; then those of the
// studies.
void write_skipped_files(const std::filesystem::path& file,
                         const Ledger& ledger,
                         const SkippedEntries& not_taken,
                         const ForEachRecord& for_each_record) {
    write_file_in_parts(file, [&](const AppendText& append) {
        append(csv_line(skipped_columns()));
        for (const Ledger::SkippedEntry& skipped : not_taken) {
            append(csv_line({skipped.path, skipped.code, skipped.reason}));
        }
        ledger.for_each_skipped([&append](const Ledger::SkippedEntry& skipped) {
            append(csv_line({skipped.path, skipped.code, skipped.reason}));
        });
        for_each_record([&append](const StudyRecord& record) {
            for (const Ledger::SkippedEntry& skipped : record.left_out) {
                append(csv_line({skipped.path, skipped.code, skipped.reason}));
            }
        });
    });
}

ForEachRecord records_of(const Ledger& ledger) {
    return [&ledger](const std::function<void(const StudyRecord&)>& visit) {
        ledger.for_each_entry(
            [&visit](const LedgerEntry& entry) { visit(parse_record(entry.record)); });
    };
}

ForEachRecord as_read(const ForEachRecord& for_each_record, const ChosenReadings& readings) {
    return [&](const std::function<void(const StudyRecord&)>& visit) {
        for_each_record([&](const StudyRecord& record) {
            visit(with_reading(record, readings.of(record.study_uid)));
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

// False, and no file, where no record has a line.
bool write_lines(const std::filesystem::path& file,
                 const std::vector<std::string>& columns,
                 const LinesOf& lines_of,
                 const ForEachRecord& for_each_record) {
    bool has_lines = false;
    write_file_in_parts(file, [&](const AppendText& append) {
        append(csv_line(columns));
        for_each_record([&](const StudyRecord& record) {
            lines_of(record, [&](const NamedCells& line) {
                has_lines = true;
                append(csv_line(line, columns));
            });
        });
    });
    if (!has_lines) {
        std::filesystem::remove(file);
    }
    return has_lines;
}

}  // namespace

void write_measurements(const std::filesystem::path& file, const ForEachRecord& for_each_record) {
    write_file_in_parts(file, [&for_each_record](const AppendText& append) {
        append(csv_line(measurement_columns()));
        for_each_record([&append](const StudyRecord& record) {
            append(csv_line(record.measurement, measurement_columns()));
        });
    });
}

void write_muscles(const std::filesystem::path& file, const ForEachRecord& for_each_record) {
    write_file_in_parts(file, [&for_each_record](const AppendText& append) {
        append(csv_line(muscle_columns()));
        for_each_record([&append](const StudyRecord& record) {
            for (const NamedCells& muscle : record.muscles) {
                append(csv_line(muscle, muscle_columns()));
            }
        });
    });
}

std::vector<std::filesystem::path> write_further_tables(const std::filesystem::path& folder,
                                                        const ForEachRecord& for_each_record) {
    std::vector<std::filesystem::path> written;
    const auto write =
        [&](const char* name, const std::vector<std::string>& columns, const LinesOf& lines_of) {
            if (write_lines(folder / name, columns, lines_of, for_each_record)) {
                written.push_back(folder / name);
            }
        };
    write(
        "levels.csv", measurement_columns(), [](const StudyRecord& record, const VisitLine& visit) {
            for (const LevelLine& line : record.levels) {
                visit(cells_of(line, record));
            }
        });
    write("slices.csv", slice_columns(), [](const StudyRecord& record, const VisitLine& visit) {
        visit_lines(record.slices, visit);
    });
    write("volumes.csv", volume_columns(), [](const StudyRecord& record, const VisitLine& visit) {
        visit_lines(record.volumes, visit);
    });
    write(
        "vertebrae.csv", vertebra_columns(), [](const StudyRecord& record, const VisitLine& visit) {
            visit_lines(record.vertebrae, visit);
        });
    return written;
}

std::vector<std::filesystem::path> write_batch_tables(const Ledger& ledger,
                                                      const std::filesystem::path& folder,
                                                      const ChosenReadings& readings,
                                                      const SkippedEntries& not_taken) {
    const ForEachRecord measured = records_of(ledger);
    const ForEachRecord for_each_record = as_read(measured, readings);
    std::vector<std::filesystem::path> written{
        folder / "measurements.csv", folder / "muscles.csv", folder / "skipped_files.csv"};
    write_measurements(written[0], for_each_record);
    write_muscles(written[1], for_each_record);
    write_skipped_files(written[2], ledger, not_taken, for_each_record);
    for (const std::filesystem::path& file : write_further_tables(folder, for_each_record)) {
        written.push_back(file);
    }
    return written;
}

std::int64_t count_left_out(const Ledger& ledger) {
    std::int64_t count = 0;
    records_of(ledger)([&count](const StudyRecord& record) {
        count += static_cast<std::int64_t>(record.left_out.size());
    });
    return count;
}

std::string skipped_csv(const std::vector<SkippedFile>& files) {
    std::string text = csv_line(skipped_columns());
    for (const SkippedFile& file : files) {
        text += csv_line({file.file.string(), std::string(error_name(file.code)), file.reason});
    }
    return text;
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/export/export_ledgers.h"

#include "io/output_file.h"
#include "pipeline/batch/export/batch_tables.h"
#include "pipeline/batch/export/column_dictionary.h"

namespace paraspinal {

ExportSummary export_ledgers(
    const ExportedStudies& studies,
    const std::filesystem::path& file,
    const std::function<void(const std::filesystem::path& table)>& complete) {
    ExportSummary summary{
        .studies = studies.count(), .duplicates = studies.duplicates(), .written = {}};
    const ForEachRecord for_each_record =
        [&](const std::function<void(const StudyRecord&)>& visit) {
            summary.outdated = 0;  // Of each table the same.
            studies.for_each([&](const ExportedStudy& study) {
                summary.outdated += study.record.measurement.get("review_status") == "outdated";
                visit(study.record);
            });
        };
    const std::filesystem::path folder = file.parent_path();
    summary.written = {file, folder / "muscles.csv", folder / "columns.csv"};
    write_file_with(file, [&](const std::filesystem::path& table) {
        write_measurements(table, for_each_record);
        if (complete) {
            complete(table);
        }
    });
    write_muscles(summary.written[1], for_each_record);
    write_file(summary.written[2], column_dictionary_csv());
    for (const std::filesystem::path& table : write_further_tables(folder, for_each_record)) {
        summary.written.push_back(table);
    }
    return summary;
}

}  // namespace paraspinal

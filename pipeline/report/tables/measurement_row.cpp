// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/tables/measurement_row.h"

#include "io/tables/write_csv.h"
#include "pipeline/report/outcome_text.h"
#include "pipeline/report/tables/measurement_columns.h"

namespace paraspinal {

const std::vector<std::string>& measurement_columns() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        for (const MeasurementColumn& column : measurement_column_table()) {
            all.push_back(column.name);
        }
        return all;
    }();
    return names;
}

std::vector<std::string> measurement_row(const StudyOutcome& outcome,
                                         const std::string& software_version) {
    std::vector<std::string> row;
    for (const MeasurementColumn& column : measurement_column_table()) {
        row.push_back(column.text(outcome, software_version));
    }
    return row;
}

std::string measurements_csv(const std::vector<StudyOutcome>& outcomes,
                             const std::string& software_version) {
    std::vector<std::vector<std::string>> rows;
    for (const StudyOutcome* const outcome : sorted_outcomes(outcomes)) {
        rows.push_back(measurement_row(*outcome, software_version));
    }
    return csv_text(measurement_columns(), rows);
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/tables/levels_csv.h"

#include "io/tables/write_csv.h"
#include "pipeline/report/outcome_text.h"
#include "pipeline/report/tables/measurement_row.h"

#include <algorithm>
#include <cstddef>

namespace paraspinal {

std::vector<std::string> level_row(const std::string& level,
                                   const StudyOutcome& outcome,
                                   const std::string& software_version) {
    std::vector<std::string> row = measurement_row(outcome, software_version);
    const auto column = std::ranges::find(measurement_columns(), "level");
    row.at(static_cast<std::size_t>(column - measurement_columns().begin())) = level;
    return row;
}

std::string levels_csv(const std::vector<StudyOutcome>& outcomes,
                       const std::vector<FurtherSlices>& further,
                       const std::string& software_version) {
    std::vector<std::vector<std::string>> rows;
    for (const StudyOutcome* const outcome : sorted_outcomes(outcomes)) {
        const auto index = static_cast<std::size_t>(outcome - outcomes.data());
        for (const LevelOutcome& one : further.at(index).levels) {
            rows.push_back(level_row(one.level, one.own ? *one.own : *outcome, software_version));
        }
    }
    return csv_text(measurement_columns(), rows);
}

}  // namespace paraspinal

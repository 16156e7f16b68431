// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/norms/norms_text.h"

#include "core/text.h"
#include "pipeline/norms/norms_csv.h"
#include "pipeline/report/outcome_text.h"
#include "pipeline/report/tables/measurement_row.h"
#include "pipeline/study/version.h"
#include "pipeline/tables/text_table.h"

#include <algorithm>
#include <string_view>

namespace paraspinal {
namespace {

RowCells cells_of(const StudyOutcome& outcome) {
    const auto text = [cells = measurement_row(outcome, std::string(software_version()))](
                          std::string_view column) {
        const std::vector<std::string>& columns = measurement_columns();
        const auto found = std::ranges::find(columns, column);
        return found == columns.end() ? std::string()
                                      : cells.at(static_cast<std::size_t>(found - columns.begin()));
    };
    return {.text = text,
            .number = [text](std::string_view column) { return parse_number(text(column)); }};
}

std::vector<std::string> cells_of(const NormLine& line, const std::string& study) {
    const Unit& unit = line.quantity->unit;
    const auto shown = [&unit](double value) { return fixed_text(value, unit.shown_decimals); };
    std::vector<std::string> cells{
        study,
        std::string(line.quantity->symbol),
        line.value ? shown(*line.value) + " " + std::string(unit.ascii) : std::string()};
    if (!line.position) {
        cells.insert(cells.end(), {"", "", with_spaces(line.reason), ""});
        return cells;
    }
    const NormPosition& at = *line.position;
    cells.insert(cells.end(),
                 {shown(at.expected),
                  fixed_text(at.z, 2),
                  fixed_text(at.percentile, 0) + " [" + fixed_text(at.percentile_low, 0) + ", " +
                      fixed_text(at.percentile_high, 0) + "]",
                  std::to_string(line.curve->controls)});
    return cells;
}

}  // namespace

std::string norms_text(const NormsCard& card, const std::vector<StudyOutcome>& outcomes) {
    TextTable table{
        .columns = {"study", "norm of", "value", "expected", "z", "percentile", "controls"}};
    for (const StudyOutcome& outcome : outcomes) {
        for (const NormLine& line : norm_lines(card, cells_of(outcome))) {
            if (!line.quantity->symbol.empty()) {
                table.rows.push_back(cells_of(line, short_study_name(identity_of(outcome))));
            }
        }
    }
    return table.rows.empty() ? std::string() : "\n" + terminal_text(table);
}

}  // namespace paraspinal

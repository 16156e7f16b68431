// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/tables/muscles_csv.h"

#include "core/text.h"
#include "io/tables/write_csv.h"
#include "pipeline/report/outcome_text.h"
#include "pipeline/study/quantities.h"

#include <functional>
#include <optional>
#include <utility>

namespace paraspinal {
namespace {

struct MuscleColumn {
    std::string name;
    std::function<std::string(const StudyReport&, const StructureMeasurement&)> text;
};

std::vector<MuscleColumn> all_columns() {
    std::vector<MuscleColumn> columns{
        {"study_uid", [](const auto& report, const auto&) { return report.study.study_uid; }},
        {"sop_instance_uid", [](const auto& report, const auto&) { return report.slice_uid; }},
        {"structure",
         [](const auto&, const auto& part) { return std::string(structure_name(part.structure)); }},
        {"side",
         [](const auto&, const auto& part) { return std::string(side_name(part.structure)); }},
        {"pixels", [](const auto&, const auto& part) { return std::to_string(part.pixels); }}};
    for (const StructureQuantity& quantity : structure_quantities()) {
        columns.push_back(
            {std::string(quantity.name), [&quantity](const auto& report, const auto& part) {
                 const std::optional<double> value = quantity.value(report, part);
                 return value ? fixed_text(*value, quantity.unit.decimals) : "";
             }});
    }
    return columns;
}

const std::vector<MuscleColumn>& column_table() {
    static const std::vector<MuscleColumn> columns = all_columns();
    return columns;
}

}  // namespace

const std::vector<std::string>& muscle_columns() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        for (const MuscleColumn& column : column_table()) {
            all.push_back(column.name);
        }
        return all;
    }();
    return names;
}

std::vector<std::vector<std::string>> muscle_rows(const StudyReport& report) {
    std::vector<std::vector<std::string>> rows;
    for (const StructureMeasurement& part : report.measurement.structures) {
        std::vector<std::string>& row = rows.emplace_back();
        for (const MuscleColumn& column : column_table()) {
            row.push_back(column.text(report, part));
        }
    }
    return rows;
}

std::string muscles_csv(const std::vector<StudyOutcome>& outcomes) {
    std::vector<std::vector<std::string>> rows;
    for (const StudyOutcome* const outcome : sorted_outcomes(outcomes)) {
        if (const auto* const report = std::get_if<StudyReport>(outcome)) {
            for (std::vector<std::string>& row : muscle_rows(*report)) {
                rows.push_back(std::move(row));
            }
        }
    }
    return csv_text(muscle_columns(), rows);
}

}  // namespace paraspinal

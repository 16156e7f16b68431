// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/muscles_csv.h"

#include "core/text.h"
#include "io/write_csv.h"
#include "pipeline/report/outcome_text.h"

#include <optional>
#include <utility>

namespace paraspinal {
namespace {

std::vector<std::string> muscle_row(const StudyReport& report, const StructureMeasurement& part) {
    const bool has_area = part.pixels > 0;
    const bool has_fat = has_area && is_paraspinal_muscle(part.structure);
    const auto confidence = report.outlines.confidence.find(part.structure);
    const bool has_confidence = has_area && confidence != report.outlines.confidence.end();
    return {report.study.study_uid,
            report.slice_uid,
            std::string(structure_name(part.structure)),
            std::string(side_name(part.structure)),
            std::to_string(part.pixels),
            has_area ? fixed_text(area_cm2(part), kAreaDecimals) : "",
            has_fat ? fixed_text(fat_area_cm2(part), kAreaDecimals) : "",
            has_fat ? fixed_text(fdr_pct(part).value_or(0), kPercentDecimals) : "",
            has_confidence ? fixed_text(confidence->second, kConfidenceDecimals) : ""};
}

}  // namespace

const std::vector<std::string>& muscle_columns() {
    static const std::vector<std::string> columns{"study_uid",
                                                  "sop_instance_uid",
                                                  "structure",
                                                  "side",
                                                  "pixels",
                                                  "area_cm2",
                                                  "fat_area_cm2",
                                                  "fdr_pct",
                                                  "outline_confidence"};
    return columns;
}

std::vector<std::vector<std::string>> muscle_rows(const StudyReport& report) {
    std::vector<std::vector<std::string>> rows;
    for (const StructureMeasurement& part : report.measurement.structures) {
        rows.push_back(muscle_row(report, part));
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

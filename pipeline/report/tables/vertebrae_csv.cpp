// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/tables/vertebrae_csv.h"

#include "core/text.h"
#include "core/unit.h"
#include "pipeline/report/tables/table_column.h"
#include "segmentation/level/deformity.h"

#include <optional>
#include <utility>

namespace paraspinal {
namespace {

struct VertebraRow {
    const StudyIdentity& study;
    const SpineView& view;
    const std::string& study_failure;
    const JudgedBody& body;
    const std::string& software_version;
};
using Column = TableColumn<VertebraRow>;

constexpr int kRatioDecimals = 3;

std::string status_of(const VertebraRow& row) {
    if (row.body.doubt) {
        return "failed";
    }
    return row.view.spine.doubts.empty() && row.study_failure.empty() ? "ok" : "flagged";
}

std::string reason_of(const VertebraRow& row) {
    const std::optional<ShapeDoubt>& doubt = row.body.doubt;
    return doubt ? std::string(shape_doubt_name(*doubt)) : std::string();
}

std::string doubts_of(const VertebraRow& row) {
    std::vector<std::string> names;
    for (const NamingDoubt& doubt : row.view.spine.doubts) {
        names.push_back(doubt.name);
    }
    return joined(names, ";");
}

double height_mm(const VertebraRow& row, BodyPart part) {
    return row.body.vertebra->shape.lines.at(part).height_mm();
}

// Of a body that was measured.
Column of_measured(std::string name, std::function<std::string(const VertebraRow&)> text) {
    return {.name = std::move(name), .text = [text = std::move(text)](const VertebraRow& row) {
                return row.body.deformity ? text(row) : std::string();
            }};
}

Column of_deformity(std::string name, std::function<std::string(const Deformity&)> text) {
    return of_measured(std::move(name), [text = std::move(text)](const VertebraRow& row) {
        return text(*row.body.deformity);
    });
}

Column height_column(std::string name, BodyPart part) {
    return of_measured(std::move(name), [part](const VertebraRow& row) {
        return fixed_text(height_mm(row, part), kUnitMm.decimals);
    });
}

Column ratio_column(std::string name, BodyPart part) {
    return of_measured(std::move(name), [part](const VertebraRow& row) {
        return fixed_text(height_mm(row, part) / height_mm(row, kPosterior), kRatioDecimals);
    });
}

Column expected_column(std::string name, BodyPart part) {
    return of_deformity(std::move(name), [part](const Deformity& deformity) {
        return deformity.expected_mm ? fixed_text(deformity.expected_mm->at(part), kUnitMm.decimals)
                                     : std::string();
    });
}

Column share_column(std::string name, double Deformity::*share) {
    return of_deformity(std::move(name), [share](const Deformity& deformity) {
        return fixed_text(100 * deformity.*share, kUnitPercent.decimals);
    });
}

std::vector<Column> all_columns() {
    return {
        {"patient_id", [](const VertebraRow& row) { return row.study.patient.id; }},
        {"study_uid", [](const VertebraRow& row) { return row.study.study_uid; }},
        {"study_date", [](const VertebraRow& row) { return row.study.study_date; }},
        {"series_uid", [](const VertebraRow& row) { return row.view.series_uid; }},
        {"vertebra", [](const VertebraRow& row) { return row.body.vertebra->name(); }},
        {"status", status_of},
        {"reason", reason_of},
        height_column("anterior_height_mm", kAnterior),
        height_column("middle_height_mm", kMiddle),
        height_column("posterior_height_mm", kPosterior),
        of_measured("depth_mm",
                    [](const VertebraRow& row) {
                        return fixed_text(row.body.vertebra->shape.depth_mm, kUnitMm.decimals);
                    }),
        ratio_column("anterior_posterior_ratio", kAnterior),
        ratio_column("middle_posterior_ratio", kMiddle),
        of_measured("posterior_neighbors_ratio",
                    [](const VertebraRow& row) {
                        const auto& expected = row.body.deformity->expected_mm;
                        return expected ? fixed_text(
                                              height_mm(row, kPosterior) / expected->at(kPosterior),
                                              kRatioDecimals)
                                        : std::string();
                    }),
        expected_column("expected_anterior_mm", kAnterior),
        expected_column("expected_middle_mm", kMiddle),
        expected_column("expected_posterior_mm", kPosterior),
        share_column("reduction_pct", &Deformity::reduction),
        share_column("reduction_low_pct", &Deformity::reduction_low),
        share_column("reduction_high_pct", &Deformity::reduction_high),
        of_deformity("suspected_deformity",
                     [](const Deformity& one) { return std::string(deformity_name(one.kind)); }),
        of_deformity("suspected_grade",
                     [](const Deformity& one) { return std::to_string(one.grade()); }),
        of_deformity("suspected_grade_low",
                     [](const Deformity& one) { return std::to_string(one.grade_low()); }),
        of_deformity("suspected_grade_high",
                     [](const Deformity& one) { return std::to_string(one.grade_high()); }),
        of_measured(
            "slices",
            [](const VertebraRow& row) { return std::to_string(row.body.vertebra->shape.slices); }),
        {"qc_flags", doubts_of},
        {"message",
         [](const VertebraRow& row) {
             const std::optional<ShapeDoubt>& doubt = row.body.doubt;
             return doubt ? std::string(shape_doubt_meaning(*doubt)) : std::string();
         }},
        {"software_version", [](const VertebraRow& row) { return row.software_version; }},
        {"level_offset",
         [](const VertebraRow& row) {
             const int shift = row.view.spine.operator_shift;
             return shift == 0 ? std::string() : std::to_string(shift);
         }},
        {"study_reason", [](const VertebraRow& row) { return row.study_failure; }},
    };
}

const std::vector<Column>& column_table() {
    static const std::vector<Column> columns = all_columns();
    return columns;
}

}  // namespace

const std::vector<std::string>& vertebra_columns() {
    static const std::vector<std::string> names = names_of(column_table());
    return names;
}

std::vector<std::vector<std::string>> vertebra_rows(const StudyIdentity& study,
                                                    const FurtherSlices& further,
                                                    const std::string& software_version) {
    std::vector<std::vector<std::string>> rows;
    if (further.spine) {
        for (const JudgedBody& body : judged_bodies(further.spine->spine)) {
            rows.push_back(cells_of(column_table(),
                                    VertebraRow{.study = study,
                                                .view = *further.spine,
                                                .study_failure = further.failure,
                                                .body = body,
                                                .software_version = software_version}));
        }
    }
    return rows;
}

}  // namespace paraspinal

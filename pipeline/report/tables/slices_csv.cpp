// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/tables/slices_csv.h"

#include "core/text.h"
#include "core/unit.h"
#include "io/tables/write_csv.h"
#include "pipeline/report/describe.h"
#include "pipeline/report/outcome_text.h"
#include "pipeline/report/tables/table_column.h"
#include "pipeline/study/quantities.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace paraspinal {
namespace {

struct SliceRow {
    const StudyIdentity& study;
    const SliceOutcome& slice;
    const std::string& software_version;
};
using Column = TableColumn<SliceRow>;

constexpr double kMm2PerCm2 = 100;
constexpr int kFractionDecimals = 2;

std::string text_of(const std::optional<double>& value, const Unit& unit) {
    return value ? fixed_text(*value, unit.decimals) : "";
}

Column of_report(std::string name, std::function<std::string(const StudyReport&)> text) {
    return {.name = std::move(name), .text = [text = std::move(text)](const SliceRow& row) {
                const auto* const report = std::get_if<StudyReport>(&row.slice.outcome);
                return report != nullptr ? text(*report) : std::string();
            }};
}

Column of_failure(std::string name, std::function<std::string(const StudyFailure&)> text) {
    return {.name = std::move(name), .text = [text = std::move(text)](const SliceRow& row) {
                const auto* const failure = std::get_if<StudyFailure>(&row.slice.outcome);
                return failure != nullptr ? text(*failure) : std::string();
            }};
}

Column of_place(std::string name, std::function<std::string(const SliceOutcome&)> text) {
    return {.name = std::move(name), .text = [text = std::move(text)](const SliceRow& row) {
                return row.slice.place ? text(row.slice) : std::string();
            }};
}

// What is outlined as the vertebral body where the slice lies in a disc is the disc.
Column of_body(Column column) {
    return {.name = std::move(column.name),
            .text = [text = std::move(column.text)](const SliceRow& row) {
                return row.slice.place && row.slice.place->is_disc ? std::string() : text(row);
            }};
}

void add_quantity(std::vector<Column>& columns, const Quantity& row) {
    const bool is_of_body = row.name == "vb_cm2" || row.name == "csa_vb_ratio";
    const auto add = [&](const std::string& name, auto value) {
        Column column = of_report(name, [&row, value](const StudyReport& report) {
            return text_of(value(report), row.unit);
        });
        columns.push_back(is_of_body ? of_body(std::move(column)) : std::move(column));
    };
    add(std::string(row.name), row.value);
    if (row.interval != nullptr) {
        add(low_name(row),
            [&row](const StudyReport& report) { return low_of(interval_of(row, report)); });
        add(high_name(row),
            [&row](const StudyReport& report) { return high_of(interval_of(row, report)); });
    }
}

// Identity, and where the slice lies.
std::vector<Column> place_columns() {
    return {
        {"patient_id", [](const SliceRow& row) { return row.study.patient.id; }},
        {"study_uid", [](const SliceRow& row) { return row.study.study_uid; }},
        {"study_date", [](const SliceRow& row) { return row.study.study_date; }},
        {"series_uid", [](const SliceRow& row) { return row.slice.series_uid; }},
        {"sop_instance_uid", [](const SliceRow& row) { return slice_uid(row.slice.source); }},
        {"series_number",
         [](const SliceRow& row) { return std::to_string(row.slice.series_number); }},
        {"instance_number",
         [](const SliceRow& row) { return std::to_string(row.slice.source.instance_number); }},
        {"status", [](const SliceRow& row) { return std::string(status_name(row.slice.outcome)); }},
        of_failure("reason",
                   [](const auto& failure) { return std::string(error_name(failure.code)); }),
        of_place("place", [](const auto& slice) { return slice.place->name; }),
        of_place("place_fraction",
                 [](const auto& slice) {
                     const std::optional<double> fraction = slice.place->fraction;
                     return fraction ? fixed_text(*fraction, kFractionDecimals) : "";
                 }),
        of_place("spine_tilt_deg",
                 [](const auto& slice) { return text_of(slice.place->tilt_deg, kUnitDegrees); }),
        of_place("level", [](const auto& slice) { return slice.level.level; }),
        of_place("slice_offset_mm",
                 [](const auto& slice) { return text_of(slice.level.slice_offset_mm, kUnitMm); }),
        of_place(
            "slice_tilt_deg",
            [](const auto& slice) { return text_of(slice.level.slice_tilt_deg, kUnitDegrees); }),
    };
}

// Area across the spine, cm2; nothing without a place or where it is not outlined.
std::optional<double> corrected_cm2(const SliceOutcome& slice, Structure structure) {
    const auto factor = slice.tilt_factors.find(structure);
    return factor == slice.tilt_factors.end()
               ? std::nullopt
               : std::optional(factor->second * slice.sections.at(structure).area_mm2 / kMm2PerCm2);
}

std::optional<double> corrected_csa_cm2(const SliceOutcome& slice) {
    double sum_cm2 = 0;
    for (const Structure muscle : kParaspinalMuscles) {
        const std::optional<double> area_cm2 = corrected_cm2(slice, muscle);
        if (!area_cm2) {
            return std::nullopt;
        }
        sum_cm2 += *area_cm2;
    }
    return sum_cm2;
}

bool is_muscle(Structure structure) {
    return structure != Structure::vertebral_body;
}

void add_structure_columns(std::vector<Column>& columns) {
    for (const Structure structure : kStructures) {
        for (const StructureQuantity& row : structure_quantities()) {
            const bool is_area = row.column == "csa_cm2";
            if (row.column.empty() || !is_muscle(structure) ||
                (!is_area && !is_paraspinal_muscle(structure))) {
                continue;
            }
            columns.push_back(
                of_report(column_name(row, structure), [&row, structure](const auto& report) {
                    return text_of(row.value(report, measurement_of(report.measurement, structure)),
                                   row.unit);
                }));
        }
    }
    columns.push_back({"csa_corrected_cm2", [](const SliceRow& row) {
                           return text_of(corrected_csa_cm2(row.slice), kUnitCm2);
                       }});
    for (const Structure structure : kStructures) {
        if (is_muscle(structure)) {
            columns.push_back({std::string(short_name(structure)) + "_csa_corrected_cm2",
                               [structure](const SliceRow& row) {
                                   return text_of(corrected_cm2(row.slice, structure), kUnitCm2);
                               }});
        }
    }
}

std::vector<Column> all_columns() {
    std::vector<Column> columns = place_columns();
    for (const Quantity& row : quantities()) {
        add_quantity(columns, row);
    }
    add_structure_columns(columns);
    columns.push_back(of_report("qc_flags", flag_names));
    columns.push_back(
        {"source_file", [](const SliceRow& row) { return row.slice.source.file.string(); }});
    columns.push_back(
        {"study_folder", [](const SliceRow& row) { return study_folder_name(row.study); }});
    columns.push_back(of_failure("message", [](const auto& failure) { return failure.message; }));
    columns.push_back(
        {"software_version", [](const SliceRow& row) { return row.software_version; }});
    columns.push_back(of_report("outline_model", &StudyReport::outline_model));
    columns.push_back(
        of_place("level_offset", [](const auto& slice) { return offset_text(slice.level); }));
    return columns;
}

const std::vector<Column>& column_table() {
    static const std::vector<Column> columns = all_columns();
    return columns;
}

}  // namespace

const std::vector<std::string>& slice_columns() {
    static const std::vector<std::string> names = names_of(column_table());
    return names;
}

std::vector<std::vector<std::string>> slice_rows(const StudyIdentity& study,
                                                 const FurtherSlices& further,
                                                 const std::string& software_version) {
    std::vector<std::vector<std::string>> rows;
    for (const SliceOutcome& slice : further.slices) {
        rows.push_back(cells_of(
            column_table(),
            SliceRow{.study = study, .slice = slice, .software_version = software_version}));
    }
    return rows;
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/quantities.h"

#include "core/error.h"

#include <algorithm>
#include <array>

namespace paraspinal {
namespace {

using Value = std::optional<double>;

bool has_muscle(const StudyReport& report) {
    return csa_cm2(report.measurement) > 0;
}

bool has_fat(const StructureMeasurement& part) {
    return part.pixels > 0 && is_paraspinal_muscle(part.structure);
}

constexpr std::array kQuantities{
    Quantity{.name = "csa_cm2",
             .symbol = "CSA",
             .title = "CSA",
             .definition = "cross-sectional area of multifidus and erector spinae of both sides",
             .unit = kUnitCm2,
             .basis = Basis::muscles,
             .code = {.value = "CSA", .meaning = "Cross-sectional area, all four muscles"},
             .value = [](const StudyReport& report) -> Value {
                 return has_muscle(report) ? Value(csa_cm2(report.measurement)) : std::nullopt;
             },
             .interval = [](const StudyReport& report) { return report.intervals.csa_cm2; }},
    Quantity{.name = "fa_cm2",
             .symbol = "FA",
             .title = "Fat area",
             .definition = "area inside CSA at or above the fat threshold",
             .unit = kUnitCm2,
             .basis = Basis::fat,
             .code = {.value = "FA_TOTAL", .meaning = "Fat area, all four muscles"},
             .value = [](const StudyReport& report) -> Value {
                 return has_muscle(report) ? fat_area_cm2(report.measurement) : std::nullopt;
             }},
    Quantity{
        .name = "fdr_pct",
        .symbol = "FDR",
        .title = "FDR",
        .definition = "100 x FA / CSA, fatty degeneration ratio",
        .unit = kUnitPercent,
        .basis = Basis::fat,
        .code = {.value = "FDR_TOTAL", .meaning = "Fatty degeneration ratio, all four muscles"},
        .value = [](const StudyReport& report) -> Value { return fdr_pct(report.measurement); },
        .interval = [](const StudyReport& report) { return report.intervals.fdr_pct; }},
    Quantity{
        .name = "fat_fraction_pct",
        .symbol = "fat",
        .title = "fat fraction",
        .definition = "mean over CSA of each pixel's place between lean muscle and fat, as a "
                      "fat fraction, docs/fat.md",
        .unit = kUnitPercent,
        .basis = Basis::muscles,
        .code = {.value = "FAT_FRACTION", .meaning = "Fat fraction, all four muscles"},
        .value = [](const StudyReport& report) -> Value {
            return report.fat_evidence.fraction_pct;
        },
        .interval = [](const StudyReport& report) { return report.intervals.fat_fraction_pct; }},
    Quantity{.name = "lean_csa_cm2",
             .symbol = "lean",
             .title = "lean CSA",
             .definition = "CSA - FA",
             .unit = kUnitCm2,
             .basis = Basis::fat,
             .code = {.value = "LEAN_CSA", .meaning = "CSA without fat"},
             .value = [](const StudyReport& report) -> Value {
                 return has_muscle(report) ? lean_csa_cm2(report.measurement) : std::nullopt;
             }},
    Quantity{.name = "vb_cm2",
             .symbol = "VB",
             .title = "VB",
             .definition = "area of the vertebral body on the same slice",
             .unit = kUnitCm2,
             .basis = Basis::outlines,
             .code = {.value = "VB", .meaning = "Vertebral-body area"},
             .value = [](const StudyReport& report) -> Value { return vb_cm2(report.measurement); },
             .interval = [](const StudyReport& report) { return report.intervals.vb_cm2; }},
    Quantity{.name = "csa_vb_ratio",
             .symbol = "CSA/VB",
             .title = "CSA/VB",
             .definition = "",
             .unit = kUnitRatio,
             .basis = Basis::muscles,
             .code = {.value = "CSA_VB", .meaning = "CSA / VB"},
             .value = [](const StudyReport& report) -> Value {
                 return has_muscle(report) ? csa_vb_ratio(report.measurement) : std::nullopt;
             }},
    Quantity{.name = "asymmetry_pct",
             .symbol = "asym.",
             .title = "right-left asymmetry",
             .definition = "100 x (right CSA - left CSA) / their mean",
             .unit = kUnitPercent,
             .basis = Basis::muscles,
             .code = {.value = "ASYMMETRY", .meaning = "Right minus left CSA over their mean"},
             .value = [](const StudyReport& report) -> Value {
                 return asymmetry_pct(report.measurement);
             }},
};

constexpr double kPerCent = 100;

constexpr Quantity kRisk{
    .name = "risk_pct",
    .symbol = "risk",
    .title = "risk",
    .definition = "",
    .unit = kUnitPercent,
    .basis = Basis::risk,
    .code = {.value = "FRACTURE_RISK", .meaning = "Risk of new vertebral fracture"},
    .value = [](const StudyReport& report) -> Value {
        return report.risk ? Value(kPerCent * report.risk->probability) : std::nullopt;
    },
    .interval = [](const StudyReport& report) -> std::optional<Interval> {
        if (!report.risk || !report.risk->low || !report.risk->high) {
            return std::nullopt;
        }
        return Interval{.low = kPerCent * *report.risk->low,
                        .high = kPerCent * *report.risk->high,
                        .coverage = kConfidence};
    }};

constexpr Quantity kCompanionRisk{
    .name = "companion_risk_pct",
    .symbol = "companion risk",
    .title = "companion risk",
    .definition = "",
    .unit = kUnitPercent,
    .basis = Basis::companion_risk,
    .code = {.value = "COMPANION_RISK",
             .meaning = "Risk of new vertebral fracture by the card beside the model"},
    .value = [](const StudyReport& report) -> Value {
        const bool has_companion = report.risk && report.risk->companion;
        return has_companion ? Value(kPerCent * report.risk->companion->probability) : std::nullopt;
    },
    .interval = [](const StudyReport& report) -> std::optional<Interval> {
        const bool has_companion = report.risk && report.risk->companion;
        if (!has_companion || !report.risk->companion->low || !report.risk->companion->high) {
            return std::nullopt;
        }
        return Interval{.low = kPerCent * *report.risk->companion->low,
                        .high = kPerCent * *report.risk->companion->high,
                        .coverage = kConfidence};
    }};

constexpr std::array kStructureQuantities{
    StructureQuantity{
        .name = "area_cm2",
        .column = "csa_cm2",
        .symbol = "CSA",
        .unit = kUnitCm2,
        .basis = Basis::muscles,
        .code = {.value = "42798000", .meaning = "Area", .scheme = "SCT"},
        .value = [](const StudyReport& /*report*/, const StructureMeasurement& part) -> Value {
            return part.pixels > 0 ? Value(area_cm2(part)) : std::nullopt;
        }},
    StructureQuantity{.name = "fat_area_cm2",
                      .column = "fa_cm2",
                      .symbol = "FA",
                      .unit = kUnitCm2,
                      .basis = Basis::fat,
                      .code = {.value = "FA", .meaning = "Fat area"},
                      .value = [](const StudyReport& /*report*/, const StructureMeasurement& part)
                          -> Value { return has_fat(part) ? fat_area_cm2(part) : std::nullopt; }},
    StructureQuantity{.name = "fdr_pct",
                      .column = "fdr_pct",
                      .symbol = "FDR",
                      .unit = kUnitPercent,
                      .basis = Basis::fat,
                      .code = {.value = "FDR", .meaning = "Fatty degeneration ratio"},
                      .value = [](const StudyReport& /*report*/, const StructureMeasurement& part)
                          -> Value { return has_fat(part) ? fdr_pct(part) : std::nullopt; }},
    StructureQuantity{
        .name = "outline_confidence",
        .column = "",
        .symbol = "confidence",
        .unit = kUnitConfidence,
        .basis = Basis::outlines,
        .code = {},
        .value = [](const StudyReport& report, const StructureMeasurement& part) -> Value {
            const auto found = report.outlines.confidence.find(part.structure);
            const bool is_known = part.pixels > 0 && found != report.outlines.confidence.end();
            return is_known ? Value(found->second) : std::nullopt;
        }},
};

template <class Table, class Name>
const auto& named(const Table& table, std::string_view name, Name member) {
    const auto found = std::ranges::find(table, name, member);
    if (found == table.end()) {
        throw Error(ErrorCode::internal, "no quantity is called " + std::string(name));
    }
    return *found;
}

// Before the unit, which is the last part of the name.
std::string with_end(std::string_view name, std::string_view end) {
    std::string text(name);
    return text.insert(text.rfind('_'), "_" + std::string(end));
}

}  // namespace

std::span<const Quantity> quantities() {
    return kQuantities;
}

const Quantity& quantity(std::string_view name) {
    if (name == kRisk.name) {
        return kRisk;
    }
    if (name == kCompanionRisk.name) {
        return kCompanionRisk;
    }
    return named(kQuantities, name, &Quantity::name);
}

std::optional<Interval> interval_of(const Quantity& quantity, const StudyReport& report) {
    return quantity.interval != nullptr ? quantity.interval(report) : std::nullopt;
}

std::string low_name(const Quantity& quantity) {
    return with_end(quantity.name, "low");
}

std::string high_name(const Quantity& quantity) {
    return with_end(quantity.name, "high");
}

std::string repeat_low_name(const Quantity& quantity) {
    return with_end(quantity.name, "repeat_low");
}

std::string repeat_high_name(const Quantity& quantity) {
    return with_end(quantity.name, "repeat_high");
}

std::span<const StructureQuantity> structure_quantities() {
    return kStructureQuantities;
}

const StructureQuantity& structure_quantity(std::string_view column) {
    return named(kStructureQuantities, column, &StructureQuantity::column);
}

std::string column_name(const StructureQuantity& quantity, Structure structure) {
    return std::string(short_name(structure)).append("_").append(quantity.column);
}

}  // namespace paraspinal

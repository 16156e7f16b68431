// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/further_quantities.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace paraspinal {
namespace {

using Value = std::optional<double>;

constexpr Unit kUnitIndex{.text = "cm²/m²",
                          .ascii = "cm2/m2",
                          .ucum = "cm2/m2",
                          .meaning = "square centimeter per square meter",
                          .decimals = 3,
                          .shown_decimals = 2};

// Null where the outlines of psoas were not scored: at L1 and L2 a kidney or the crus of the
// diaphragm may be taken for it (segmentation/models/README.md).
const Composition* psoas_of(const StudyReport& report) {
    constexpr std::array<std::string_view, 3> kScored{"L3", "L4", "L5"};
    const bool is_scored = std::ranges::find(kScored, report.level.level) != kScored.end();
    return is_scored ? &report.fat_evidence.composition : nullptr;
}

Value psoas_fat(const StudyReport& report, StructureMeasurement Composition::*side) {
    const Composition* const psoas = psoas_of(report);
    return psoas != nullptr ? fat_area_cm2(psoas->*side) : std::nullopt;
}

Value psoas_fdr(const StudyReport& report, StructureMeasurement Composition::*side) {
    const Composition* const psoas = psoas_of(report);
    return psoas != nullptr ? fdr_pct(psoas->*side) : std::nullopt;
}

Value lean_psoas(const StudyReport& report) {
    const Value right = psoas_fat(report, &Composition::psoas_right);
    const Value left = psoas_fat(report, &Composition::psoas_left);
    const Composition& found = report.fat_evidence.composition;
    return right && left
               ? Value(area_cm2(found.psoas_right) + area_cm2(found.psoas_left) - *right - *left)
               : std::nullopt;
}

template <QuarterFdr Composition::*side, std::size_t place>
constexpr auto kQuarter = [](const StudyReport& report) -> Value {
    return (report.fat_evidence.composition.*side).at(place);
};

Value over_height(const StudyReport& report, Value area_cm2) {
    const Value height_m = adult_height_m(report.study.patient);
    return height_m && area_cm2 ? Value(*area_cm2 / (*height_m * *height_m)) : std::nullopt;
}

Value psoas_csa(const StudyReport& report) {
    const Composition& found = report.fat_evidence.composition;
    const bool is_whole = found.psoas_right.pixels > 0 && found.psoas_left.pixels > 0;
    return is_whole && report.level.level == "L3"
               ? Value(area_cm2(found.psoas_right) + area_cm2(found.psoas_left))
               : std::nullopt;
}

constexpr Quantity ratio(std::string_view name, Value (*value)(const StudyReport&)) {
    return {.name = name,
            .symbol = name,
            .title = name,
            .definition = "",
            .unit = kUnitRatio,
            .basis = Basis::muscles,
            .code = {},
            .value = value};
}

constexpr Quantity with_unit(Quantity row, const Unit& unit, Basis basis) {
    row.unit = unit;
    row.basis = basis;
    return row;
}

constexpr Quantity share(std::string_view name, Value (*value)(const StudyReport&)) {
    return with_unit(ratio(name, value), kUnitPercent, Basis::fat);
}

constexpr Quantity fat(std::string_view name, Value (*value)(const StudyReport&)) {
    return with_unit(ratio(name, value), kUnitCm2, Basis::fat);
}

constexpr Quantity index(std::string_view name, Value (*value)(const StudyReport&)) {
    return with_unit(ratio(name, value), kUnitIndex, Basis::muscles);
}

constexpr std::array kFurther{
    fat("psoas_right_fa_cm2",
        [](const auto& report) { return psoas_fat(report, &Composition::psoas_right); }),
    share("psoas_right_fdr_pct",
          [](const auto& report) { return psoas_fdr(report, &Composition::psoas_right); }),
    fat("psoas_left_fa_cm2",
        [](const auto& report) { return psoas_fat(report, &Composition::psoas_left); }),
    share("psoas_left_fdr_pct",
          [](const auto& report) { return psoas_fdr(report, &Composition::psoas_left); }),
    fat("psoas_lean_csa_cm2", lean_psoas),
    ratio("muscle_psoas_signal_ratio",
          [](const auto& report) {
              const Composition* const psoas = psoas_of(report);
              return psoas != nullptr ? psoas->muscle_psoas_ratio : std::nullopt;
          }),
    ratio("muscle_fat_signal_ratio",
          [](const auto& report) { return report.fat_evidence.composition.muscle_fat_ratio; }),
    share("right_quarter1_fdr_pct", kQuarter<&Composition::right_quarters_pct, 0>),
    share("right_quarter2_fdr_pct", kQuarter<&Composition::right_quarters_pct, 1>),
    share("right_quarter3_fdr_pct", kQuarter<&Composition::right_quarters_pct, 2>),
    share("right_quarter4_fdr_pct", kQuarter<&Composition::right_quarters_pct, 3>),
    share("left_quarter1_fdr_pct", kQuarter<&Composition::left_quarters_pct, 0>),
    share("left_quarter2_fdr_pct", kQuarter<&Composition::left_quarters_pct, 1>),
    share("left_quarter3_fdr_pct", kQuarter<&Composition::left_quarters_pct, 2>),
    share("left_quarter4_fdr_pct", kQuarter<&Composition::left_quarters_pct, 3>),
    index("csa_index_cm2_m2",
          [](const auto& report) {
              const double area_cm2 = csa_cm2(report.measurement);
              return over_height(report, area_cm2 > 0 ? Value(area_cm2) : std::nullopt);
          }),
    index("psoas_index_cm2_m2",
          [](const auto& report) { return over_height(report, psoas_csa(report)); }),
};

}  // namespace

std::span<const Quantity> further_quantities() {
    return kFurther;
}

std::optional<double> adult_height_m(const Patient& patient) {
    constexpr double kShortest = 1.0;
    constexpr double kTallest = 2.5;
    constexpr double kCentimeters = 100;
    if (!patient.height_m) {
        return std::nullopt;
    }
    const double height_m = *patient.height_m > kShortest * kCentimeters
                                ? *patient.height_m / kCentimeters
                                : *patient.height_m;
    return height_m >= kShortest && height_m <= kTallest ? std::optional(height_m) : std::nullopt;
}

}  // namespace paraspinal

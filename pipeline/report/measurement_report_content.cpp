// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/measurement_report_content.h"

#include "core/text.h"
#include "pipeline/report/describe.h"
#include "pipeline/report/outcome_text.h"
#include "pipeline/study/quantities.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace paraspinal {
namespace {

constexpr double kPerCent = 100;

/// The sums and ratios of a report, in order.
constexpr std::array<std::string_view, 8> kSums{"vb_cm2",
                                                "csa_cm2",
                                                "fa_cm2",
                                                "fdr_pct",
                                                "fat_fraction_pct",
                                                "lean_csa_cm2",
                                                "asymmetry_pct",
                                                "csa_vb_ratio"};

CodedConcept own(const std::string& code, const std::string& meaning) {
    return {code, kOwnScheme, meaning};
}
CodedConcept comment() {
    return {"121106", "DCM", "Comment"};
}
CodedConcept coded(const QuantityCode& code) {
    return {std::string(code.value),
            code.scheme.empty() ? kOwnScheme : std::string(code.scheme),
            std::string(code.meaning)};
}
CodedConcept coded(const Unit& unit) {
    return {std::string(unit.ucum), "UCUM", std::string(unit.meaning)};
}

// Code values have at most 16 characters: FAT_REFERENCE.
CodedConcept own_value(const std::string& prefix, std::string_view name) {
    std::string code = prefix + std::string(name);
    std::ranges::transform(code, code.begin(), [](char letter) {
        return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    });
    constexpr std::size_t kLongestCode = 16;
    return own(code.substr(0, kLongestCode), std::string(name));
}

// What a number of this report rests on, said as DICOM does.
class Bases {
  public:
    explicit Bases(const StudyReport& report)
        : report_(report),
          region_{own("REGION", "Region of the muscles"),
                  own_value("REGION_", muscle_roi_name(report.fat_evidence.roi))},
          fat_method_{own("FAT_METHOD", "How the fat threshold was found"),
                      own_value("FAT_",
                                report.fat_threshold ? fat_method_name(report.fat_threshold->method)
                                                     : "none")} {}

    [[nodiscard]] std::string algorithm(Basis basis) const {
        switch (basis) {
            case Basis::outlines:
            case Basis::muscles: return describe_outlines(report_);
            case Basis::fat: return "fat threshold, " + describe_fat(report_);
            case Basis::risk: return "risk model " + report_.risk->model;
            case Basis::companion_risk: return "risk model " + report_.risk->companion->model;
        }
        return {};
    }
    [[nodiscard]] std::vector<std::pair<CodedConcept, CodedConcept>> modifiers(Basis basis) const {
        switch (basis) {
            case Basis::muscles: return {region_};
            case Basis::fat: return {region_, fat_method_};
            case Basis::outlines:
            case Basis::risk:
            case Basis::companion_risk: break;
        }
        return {};
    }

  private:
    const StudyReport& report_;
    std::pair<CodedConcept, CodedConcept> region_;
    std::pair<CodedConcept, CodedConcept> fat_method_;
};

// `row` is a Quantity or a StructureQuantity.
ReportedNumber number(const auto& row, double value, Basis basis, const Bases& bases) {
    return {.name = coded(row.code),
            .value = value,
            .decimals = row.unit.decimals,
            .unit = coded(row.unit),
            .algorithm = bases.algorithm(basis),
            .modifiers = bases.modifiers(basis)};
}

std::optional<ReportedInterval> reported(const std::optional<Interval>& interval) {
    if (!interval) {
        return std::nullopt;
    }
    return ReportedInterval{.low = interval->low,
                            .high = interval->high,
                            .coverage_pct = kPerCent * interval->coverage};
}

ReportedGroup structure_group(const Bases& bases,
                              const StudyReport& report,
                              const StructureMeasurement& part) {
    ReportedGroup group{.name = std::string(label_name(part.structure)),
                        .structure = part.structure};
    const bool is_muscle = is_paraspinal_muscle(part.structure);
    for (const StructureQuantity& row : structure_quantities()) {
        const std::optional<double> value = row.value(report, part);
        if (value && !row.code.value.empty()) {
            group.numbers.push_back(
                number(row, *value, is_muscle ? row.basis : Basis::outlines, bases));
        }
    }
    return group;
}

// The outer muscles first, since viewers write the sums beside them, where there is room.
constexpr std::array<Structure, 4> kMusclesOutermostFirst{Structure::erector_spinae_left,
                                                          Structure::erector_spinae_right,
                                                          Structure::multifidus_left,
                                                          Structure::multifidus_right};

// Whose outlines a number of the whole slice comes from.
std::vector<Structure> regions_of(std::string_view quantity, const StudyReport& report) {
    std::vector<Structure> regions(kMusclesOutermostFirst.begin(), kMusclesOutermostFirst.end());
    if (quantity == "vb_cm2") {
        regions = {Structure::vertebral_body};
    } else if (quantity == "csa_vb_ratio") {
        regions.push_back(Structure::vertebral_body);
    }
    std::erase_if(regions, [&](Structure structure) {
        const auto& parts = report.measurement.structures;
        const auto part = std::ranges::find(parts, structure, &StructureMeasurement::structure);
        return part == parts.end() || part->pixels == 0;
    });
    return regions;
}

// `name` is that of a quantity that the report has.
ReportedNumber with_interval(const Bases& bases, const StudyReport& report, std::string_view name) {
    const Quantity& row = quantity(name);
    ReportedNumber reported_number = number(row, row.value(report).value(), row.basis, bases);
    reported_number.interval = reported(interval_of(row, report));
    reported_number.regions = regions_of(name, report);
    return reported_number;
}

// Sums and ratios, as far as there are muscles and a vertebral body.
ReportedGroup sums_group(const Bases& bases, const StudyReport& report) {
    ReportedGroup group{.name = "totals"};
    for (const std::string_view name : kSums) {
        if (quantity(name).value(report)) {
            group.numbers.push_back(with_interval(bases, report, name));
        }
    }
    return group;
}

ReportedGroup risk_group(const Bases& bases, const StudyReport& report) {
    const RiskEstimate& risk = report.risk.value();
    ReportedGroup group{.name = "fracture_risk",
                        .numbers = {with_interval(bases, report, "risk_pct")}};
    std::string text = "Model " + risk.model + ". Research use only, not validated.";
    if (!risk.imputed.empty()) {
        text += " Missing and integrated out: " + joined(risk.imputed, ", ") + ".";
    }
    if (!risk.out_of_range.empty()) {
        text += " Beyond the published cohort: " + joined(risk.out_of_range, ", ") + ".";
    }
    group.remarks = {{.name = comment(), .text = text}};
    if (risk.companion) {
        group.numbers.push_back(with_interval(bases, report, "companion_risk_pct"));
        group.remarks.push_back(
            {.name = comment(),
             .text = "Beside it " + risk.companion->model + ": " + risk.companion->reason});
    }
    return group;
}

}  // namespace

MeasurementReportContent measurement_report_content(const StudyReport& report) {
    const Bases bases(report);
    MeasurementReportContent content{.level = report.level.level};
    for (const StructureMeasurement& part : report.measurement.structures) {
        if (part.pixels > 0) {
            content.groups.push_back(structure_group(bases, report, part));
        }
    }
    content.groups.push_back(sums_group(bases, report));
    if (report.risk) {
        content.groups.push_back(risk_group(bases, report));
    }
    content.remarks = {{.name = comment(), .text = describe_level(report.level)}};
    for (const QcFlag& flag : report.flags) {
        content.remarks.push_back({.name = own("QC_FLAG", "Doubt about the result"),
                                   .text = std::string(flag.name()) + ": " + flag.detail});
    }
    content.remarks.push_back({.name = comment(), .text = std::string(kResearchNotice)});
    return content;
}

}  // namespace paraspinal

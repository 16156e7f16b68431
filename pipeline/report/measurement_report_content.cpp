// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/measurement_report_content.h"

#include "core/text.h"
#include "pipeline/report/describe.h"
#include "pipeline/report/outcome_text.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace paraspinal {
namespace {

constexpr double kPerCent = 100;
constexpr double kRiskCoveragePct = 95;  // As RiskEstimate::low says.

CodedConcept own(const std::string& code, const std::string& meaning) {
    return {code, kOwnScheme, meaning};
}
CodedConcept percent() {
    return {"%", "UCUM", "Percent"};
}
CodedConcept comment() {
    return {"121106", "DCM", "Comment"};
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

// The kinds of numbers in one report, named as those of a single structure are.
class Numbers {
  public:
    explicit Numbers(const StudyReport& report)
        : report_(report),
          region_{own("REGION", "Region of the muscles"),
                  own_value("REGION_", muscle_roi_name(report.fat_evidence.roi))},
          fat_method_{own("FAT_METHOD", "How the fat threshold was found"),
                      own_value("FAT_", fat_method_name(report.fat_threshold.method))} {}

    [[nodiscard]] ReportedNumber area(double value_cm2) const {
        return {.name = {"42798000", "SCT", "Area"},
                .value = value_cm2,
                .decimals = kAreaDecimals,
                .unit = {"cm2", "UCUM", "square centimeter"},
                .algorithm = describe_outlines(report_)};
    }
    [[nodiscard]] ReportedNumber muscle_area(double value_cm2) const {
        ReportedNumber number = area(value_cm2);
        number.modifiers = {region_};
        return number;
    }
    // NOLINTNEXTLINE(*-easily-swappable-parameters): a value and how it is printed.
    [[nodiscard]] ReportedNumber muscle_ratio(double value,
                                              int decimals,
                                              const CodedConcept& unit) const {
        ReportedNumber number = muscle_area(value);
        number.decimals = decimals;
        number.unit = unit;
        return number;
    }
    [[nodiscard]] ReportedNumber fat_area(double value_cm2) const {
        ReportedNumber number = muscle_area(value_cm2);
        number.name = own("FA", "Fat area");
        return of_fat(number);
    }
    [[nodiscard]] ReportedNumber fatty_degeneration(double value_pct) const {
        ReportedNumber number = muscle_ratio(value_pct, kPercentDecimals, percent());
        number.name = own("FDR", "Fatty degeneration ratio");
        return of_fat(number);
    }

  private:
    [[nodiscard]] ReportedNumber of_fat(ReportedNumber number) const {
        number.algorithm = "fat threshold, " + describe_fat(report_);
        number.modifiers.push_back(fat_method_);
        return number;
    }

    const StudyReport& report_;
    std::pair<CodedConcept, CodedConcept> region_;
    std::pair<CodedConcept, CodedConcept> fat_method_;
};

std::optional<ReportedInterval> reported(const std::optional<Interval>& interval) {
    if (!interval) {
        return std::nullopt;
    }
    return ReportedInterval{.low = interval->low,
                            .high = interval->high,
                            .coverage_pct = kPerCent * interval->coverage};
}

ReportedGroup structure_group(const Numbers& numbers, const StructureMeasurement& part) {
    ReportedGroup group{.name = std::string(label_name(part.structure)),
                        .structure = part.structure};
    if (is_paraspinal_muscle(part.structure)) {
        group.numbers = {numbers.muscle_area(area_cm2(part)),
                         numbers.fat_area(fat_area_cm2(part)),
                         numbers.fatty_degeneration(fdr_pct(part).value())};
    } else {
        group.numbers = {numbers.area(area_cm2(part))};
    }
    return group;
}

// Sums and ratios, as far as there are muscles and a vertebral body.
ReportedGroup sums_group(const Numbers& numbers, const StudyReport& report) {
    const SliceMeasurement& slice = report.measurement;
    const MeasurementIntervals& intervals = report.intervals;
    ReportedGroup group{.name = "totals"};
    const auto add = [&group](const CodedConcept& name,
                              ReportedNumber number,
                              const std::optional<Interval>& interval = {}) {
        number.name = name;
        number.interval = reported(interval);
        group.numbers.push_back(std::move(number));
    };
    const std::optional<double> vertebra = vb_cm2(slice);
    if (vertebra) {
        add(own("VB", "Vertebral-body area"), numbers.area(*vertebra), intervals.vb_cm2);
    }
    const std::optional<double> fdr = fdr_pct(slice);
    if (!fdr) {
        return group;
    }
    add(own("CSA", "Cross-sectional area, all four muscles"),
        numbers.muscle_area(csa_cm2(slice)),
        intervals.csa_cm2);
    add(own("FA_TOTAL", "Fat area, all four muscles"), numbers.fat_area(fat_area_cm2(slice)));
    add(own("FDR_TOTAL", "Fatty degeneration ratio, all four muscles"),
        numbers.fatty_degeneration(*fdr),
        intervals.fdr_pct);
    add(own("LEAN_CSA", "CSA without fat"), numbers.fat_area(lean_csa_cm2(slice)));
    add(own("ASYMMETRY", "Right minus left CSA over their mean"),
        numbers.muscle_ratio(asymmetry_pct(slice).value(), kPercentDecimals, percent()));
    if (vertebra) {
        add(own("CSA_VB", "CSA / VB"),
            numbers.muscle_ratio(
                csa_vb_ratio(slice).value(), kRatioDecimals, {"{ratio}", "UCUM", "ratio"}));
    }
    return group;
}

ReportedGroup risk_group(const RiskEstimate& risk) {
    ReportedNumber number{.name = own("FRACTURE_RISK", "Risk of new vertebral fracture"),
                          .value = kPerCent * risk.probability,
                          .decimals = kPercentDecimals,
                          .unit = percent(),
                          .algorithm = "risk model " + risk.model};
    if (risk.low && risk.high) {
        number.interval = ReportedInterval{.low = kPerCent * *risk.low,
                                           .high = kPerCent * *risk.high,
                                           .coverage_pct = kRiskCoveragePct};
    }
    ReportedGroup group{.name = "fracture_risk", .numbers = {number}};
    std::string text = "Model " + risk.model + ". Research use only, not validated.";
    if (!risk.imputed.empty()) {
        text += " Missing and integrated out: " + joined(risk.imputed, ", ") + ".";
    }
    if (!risk.out_of_range.empty()) {
        text += " Beyond the published cohort: " + joined(risk.out_of_range, ", ") + ".";
    }
    group.remarks = {{.name = comment(), .text = text}};
    return group;
}

}  // namespace

MeasurementReportContent measurement_report_content(const StudyReport& report) {
    const Numbers numbers(report);
    MeasurementReportContent content{.level = report.level.level};
    for (const StructureMeasurement& part : report.measurement.structures) {
        if (part.pixels > 0) {
            content.groups.push_back(structure_group(numbers, part));
        }
    }
    content.groups.push_back(sums_group(numbers, report));
    if (report.risk) {
        content.groups.push_back(risk_group(*report.risk));
    }
    content.remarks = {{.name = comment(), .text = describe_level(report.level)}};
    for (const QcFlag& flag : report.flags) {
        content.remarks.push_back({.name = own("QC_FLAG", "Doubt about the result"),
                                   .text = flag.name + ": " + flag.detail});
    }
    content.remarks.push_back({.name = comment(), .text = std::string(kResearchNotice)});
    return content;
}

}  // namespace paraspinal

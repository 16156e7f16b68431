// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/terminal_table.h"

#include "core/text.h"
#include "pipeline/report/describe.h"
#include "pipeline/report/outcome_text.h"
#include "pipeline/tables/wrap_text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>
#include <string_view>
#include <utility>

namespace paraspinal {
namespace {

constexpr std::size_t kColumns = 80;
constexpr std::size_t kLabelColumns = 10;

/// Areas of one table cell group: one muscle, or several together.
struct Areas {
    double area_cm2 = 0;
    std::optional<double> fat_cm2;
};

Areas areas_of(const StudyReport& report, const std::vector<Structure>& structures) {
    Areas sum;
    for (const Structure structure : structures) {
        const StructureMeasurement& part = measurement_of(report.measurement, structure);
        sum.area_cm2 += area_cm2(part);
        if (is_paraspinal_muscle(structure)) {
            sum.fat_cm2 = sum.fat_cm2.value_or(0) + fat_area_cm2(part);
        }
    }
    return sum;
}

std::string area_group(const Areas& areas) {
    const bool has_area = areas.area_cm2 > 0;
    const bool has_fat = has_area && areas.fat_cm2.has_value();
    const double fat_cm2 = areas.fat_cm2.value_or(0);
    return fmt::format("{:>9}{:>7}{:>6}",
                       has_area ? fixed_text(areas.area_cm2, 2) : "-",
                       has_fat ? fixed_text(fat_cm2, 2) : "",
                       has_fat ? fixed_text(100 * fat_cm2 / areas.area_cm2, 1) : "");
}

// Without blanks at the end, which editors and golden files do not keep.
std::string line(std::string text) {
    text.erase(text.find_last_not_of(' ') + 1);
    return text + "\n";
}

/// A line of the card, or more when the text is long.
struct Entry {
    std::string_view label;
    std::string_view text;
};

std::string entry(const Entry& entry) {
    const auto fits = [](std::string_view part) {
        return character_count(part) <= kColumns - kLabelColumns;
    };
    std::string lines;
    for (const std::string& part : wrapped_lines(entry.text, fits)) {
        lines +=
            line(fmt::format("{:<{}}{}", lines.empty() ? entry.label : "", kLabelColumns, part));
    }
    return lines;
}

std::string muscle_row(const StudyReport& report,
                       std::string_view name,
                       const std::vector<Structure>& right,
                       const std::vector<Structure>& left) {
    std::vector<Structure> both = right;
    both.insert(both.end(), left.begin(), left.end());
    return line(fmt::format("{:<14}{}{}{}",
                            name,
                            area_group(areas_of(report, right)),
                            area_group(areas_of(report, left)),
                            area_group(areas_of(report, both))));
}

std::string area_table(const StudyReport& report) {
    using enum Structure;
    const std::string units = fmt::format("{:>9}{:>7}{:>6}", "CSA cm2", "FA cm2", "FDR %");
    return line(fmt::format("{:14}{:^22}{:^22}{:^22}", "", "right", "left", "both")) +
           line(fmt::format("{:14}{}{}{}", "", units, units, units)) +
           muscle_row(report, "multifidus", {multifidus_right}, {multifidus_left}) +
           muscle_row(report, "erector spinae", {erector_spinae_right}, {erector_spinae_left}) +
           muscle_row(report,
                      "paraspinal",
                      {multifidus_right, erector_spinae_right},
                      {multifidus_left, erector_spinae_left}) +
           muscle_row(report, "psoas", {psoas_right}, {psoas_left}) +
           line(fmt::format("{:14}{:44}{}",
                            "vertebral body",
                            "",
                            area_group(areas_of(report, {vertebral_body}))));
}

std::string ratios(const SliceMeasurement& slice) {
    const std::optional<double> ratio = csa_vb_ratio(slice);
    const std::optional<double> asymmetry = asymmetry_pct(slice);
    return "CSA/VB " + (ratio ? fixed_text(*ratio, 2) : "-") + ", lean CSA " +
           fixed_text(lean_csa_cm2(slice), 2) + " cm2, right-left asymmetry " +
           (asymmetry ? fixed_text(*asymmetry, 1) + " %" : "-");
}

std::string risk_text(const RiskEstimate& risk) {
    std::string text = fixed_text(100 * risk.probability, 1) + " %";
    if (risk.low && risk.high) {
        text +=
            " (" + fixed_text(100 * *risk.low, 1) + " to " + fixed_text(100 * *risk.high, 1) + ")";
    }
    text += ", model " + risk.model;
    if (!risk.imputed.empty()) {
        text += "; not given and averaged over: " + joined(risk.imputed, ", ");
    }
    if (!risk.out_of_range.empty()) {
        text += "; outside the published range: " + joined(risk.out_of_range, ", ");
    }
    return text;
}

std::string card(const StudyReport& report) {
    std::string text =
        entry({"study", study_folder_name(report.study)}) + entry({"status", status_name(report)}) +
        entry({"slice", report.slice_uid}) + entry({"level", describe_level(report.level)}) +
        entry({"outlines", describe_outlines(report)}) + entry({"fat", describe_fat(report)}) +
        "\n" + area_table(report) + "\n" + entry({"ratios", ratios(report.measurement)}) +
        entry({"risk", report.risk ? risk_text(*report.risk) : "not computed"});
    for (const QcFlag& flag : report.flags) {
        text += entry({"flag", flag.name + ": " + flag.detail});
    }
    return text + "\n" + line(std::string(kResearchNotice));
}

std::string card(const StudyFailure& failure) {
    return entry({"study", study_folder_name(failure.study)}) + entry({"status", "failed"}) +
           entry({"reason", error_name(failure.code)}) + entry({"", failure.message});
}

std::string first_flag(const StudyReport& report) {
    const std::size_t more = report.flags.size() - std::min<std::size_t>(1, report.flags.size());
    return report.flags.empty()
               ? ""
               : report.flags.front().name + (more > 0 ? fmt::format(" +{}", more) : "");
}

std::string study_row(const StudyOutcome& outcome) {
    std::array<std::string, 4> numbers;
    std::string remark;
    if (const auto* const report = std::get_if<StudyReport>(&outcome)) {
        const SliceMeasurement& slice = report->measurement;
        const std::optional<double> fdr = fdr_pct(slice);
        const std::optional<double> body_cm2 = vb_cm2(slice);
        numbers = {fdr ? fixed_text(csa_cm2(slice), 2) : "-",
                   fdr ? fixed_text(fat_area_cm2(slice), 2) : "-",
                   fdr ? fixed_text(*fdr, 1) : "-",
                   body_cm2 ? fixed_text(*body_cm2, 2) : "-"};
        remark = first_flag(*report);
    } else {
        remark = error_name(std::get<StudyFailure>(outcome).code);
    }
    return line(fmt::format("{:<16}  {:<7}{:>9}{:>8}{:>7}{:>8}  {:.21}",
                            study_folder_name(identity_of(outcome)),
                            status_name(outcome),
                            numbers[0],
                            numbers[1],
                            numbers[2],
                            numbers[3],
                            remark));
}

std::string table(const std::vector<StudyOutcome>& outcomes) {
    std::string text = line(fmt::format("{:<16}  {:<7}{:>9}{:>8}{:>7}{:>8}  {}",
                                        "study",
                                        "status",
                                        "CSA cm2",
                                        "FA cm2",
                                        "FDR %",
                                        "VB cm2",
                                        "flag or reason"));
    for (const StudyOutcome& outcome : outcomes) {
        text += study_row(outcome);
    }
    const auto count = [&outcomes](std::string_view status) {
        return std::ranges::count_if(outcomes, [status](const StudyOutcome& outcome) {
            return status_name(outcome) == status;
        });
    };
    return text + fmt::format("\n{} studies: {} ok, {} flagged, {} failed. {}\n",
                              outcomes.size(),
                              count("ok"),
                              count("flagged"),
                              count("failed"),
                              kResearchNotice);
}

}  // namespace

std::string terminal_table(const std::vector<StudyOutcome>& outcomes) {
    if (outcomes.empty()) {
        return {};
    }
    return outcomes.size() == 1
               ? std::visit([](const auto& result) { return card(result); }, outcomes.front())
               : table(outcomes);
}

}  // namespace paraspinal

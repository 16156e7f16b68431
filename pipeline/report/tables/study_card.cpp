// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/tables/study_card.h"

#include "core/text.h"
#include "pipeline/report/describe.h"
#include "pipeline/report/outcome_text.h"
#include "pipeline/report/tables/terminal_text_internal.h"
#include "pipeline/study/quantities.h"
#include "pipeline/tables/wrap_text.h"

#include <fmt/format.h>
#include <optional>
#include <string_view>
#include <vector>

namespace paraspinal {
namespace {

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
        if (const std::optional<double> fat_cm2 = fat_area_cm2(part)) {
            sum.fat_cm2 = sum.fat_cm2.value_or(0) + *fat_cm2;
        }
    }
    return sum;
}

std::string area_group(const Areas& areas) {
    const bool has_area = areas.area_cm2 > 0;
    const bool has_fat = has_area && areas.fat_cm2.has_value();
    const double fat_cm2 = areas.fat_cm2.value_or(0);
    return fmt::format(
        "{:>9}{:>7}{:>6}",
        has_area ? fixed_text(areas.area_cm2, kUnitCm2.shown_decimals) : kUnknown,
        has_fat ? fixed_text(fat_cm2, kUnitCm2.shown_decimals) : "",
        has_fat ? fixed_text(100 * fat_cm2 / areas.area_cm2, kUnitPercent.shown_decimals) : "");
}

/// A line of the card, or more when the text is long.
struct Entry {
    std::string_view label;
    std::string_view text;
};

std::string entry(const Entry& entry) {
    const auto fits = [](std::string_view part) {
        return character_count(part) <= kTerminalWidth - kLabelColumns;
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

// Multifidus, erector spinae and their sum, then what is not part of CSA, the midline last.
std::string area_rows(const StudyReport& report) {
    std::vector<Structure> right;
    std::vector<Structure> left;
    std::string muscles;
    std::string others;
    std::string midline;
    for (const StructureKind& kind : structure_kinds()) {
        const std::string name = with_spaces(kind.name);
        if (!has_sides(kind)) {
            const std::string areas = area_group(areas_of(report, {kind.right}));
            midline += line(fmt::format("{:14}{:44}{}", name, "", areas));
        } else if (is_paraspinal_muscle(kind.right)) {
            right.push_back(kind.right);
            left.push_back(kind.left);
            muscles += muscle_row(report, name, {kind.right}, {kind.left});
        } else {
            others += muscle_row(report, name, {kind.right}, {kind.left});
        }
    }
    return muscles + muscle_row(report, "paraspinal", right, left) + others + midline;
}

std::string area_table(const StudyReport& report) {
    const std::string units = fmt::format("{:>9}{:>7}{:>6}",
                                          head(structure_quantity("csa_cm2")),
                                          head(structure_quantity("fa_cm2")),
                                          head(structure_quantity("fdr_pct")));
    return line(fmt::format("{:14}{:^22}{:^22}{:^22}", "", "right", "left", "both")) +
           line(fmt::format("{:14}{}{}{}", "", units, units, units)) + area_rows(report);
}

std::string ratios(const StudyReport& report) {
    std::string text;
    for (const std::string_view name : {"csa_vb_ratio", "lean_csa_cm2", "asymmetry_pct"}) {
        const Quantity& row = quantity(name);
        const std::optional<double> value = row.value(report);
        text.append(text.empty() ? "" : ", ").append(row.title).append(" ");
        text += shown(value, row.unit);
        if (value && !row.unit.ascii.empty()) {
            text.append(" ").append(row.unit.ascii);
        }
    }
    return text;
}

// "23.5 % (11.0 to 41.0), model yang2025"
std::string estimate_text(const StudyReport& report,
                          std::string_view name,
                          const std::string& model) {
    const Quantity& row = quantity(name);
    std::string text = shown(row.value(report), row.unit) + " %";
    if (const std::optional<Interval> interval = interval_of(row, report)) {
        text +=
            " (" + shown(interval->low, row.unit) + " to " + shown(interval->high, row.unit) + ")";
    }
    return text + ", model " + model;
}

std::string risk_text(const StudyReport& report) {
    const RiskEstimate& risk = report.risk.value();
    std::string text = estimate_text(report, "risk_pct", risk.model);
    if (!risk.imputed.empty()) {
        text += "; not given and averaged over: " + joined(risk.imputed, ", ");
    }
    if (!risk.out_of_range.empty()) {
        text += "; outside the published range: " + joined(risk.out_of_range, ", ");
    }
    return text;
}

std::string risk_entries(const StudyReport& report) {
    if (!report.risk) {
        return entry({"risk", "not computed"});
    }
    std::string text = entry({"risk", risk_text(report)});
    if (const std::optional<CompanionEstimate>& companion = report.risk->companion) {
        text += entry({"beside it",
                       estimate_text(report, "companion_risk_pct", companion->model) + ". " +
                           companion->reason});
    }
    return text;
}

std::string alternative_entry(const StudyReport& report) {
    return report.alternative ? entry({"or", describe_alternative(report)}) : "";
}

// On one line, however long, to be copied.
std::string file_entry(const StudyIdentity& study) {
    return study.file.empty()
               ? ""
               : line(fmt::format("{:<{}}{}", "file", kLabelColumns, study.file.string()));
}

}  // namespace

std::string study_card(const StudyReport& report) {
    std::string text = entry({"study", study_folder_name(report.study)}) +
                       entry({"status", status_name(report)}) + entry({"slice", report.slice_uid}) +
                       file_entry(report.study) + entry({"level", describe_level(report.level)}) +
                       alternative_entry(report) + entry({"outlines", describe_outlines(report)}) +
                       entry({"fat", describe_fat(report)}) + "\n" + area_table(report) + "\n" +
                       entry({"ratios", ratios(report)}) + risk_entries(report);
    for (const QcFlag& flag : report.flags) {
        text += entry({"flag", std::string(flag.name()) + ": " + flag.detail});
    }
    return text + "\n" + line(std::string(kResearchNotice));
}

std::string study_card(const StudyFailure& failure) {
    return entry({"study", study_folder_name(failure.study)}) + entry({"status", "failed"}) +
           entry({"reason", error_name(failure.code)}) + entry({"", failure.message});
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/tables/terminal_table.h"

#include "core/text.h"
#include "pipeline/report/describe.h"
#include "pipeline/report/outcome_text.h"
#include "pipeline/study/quantities.h"
#include "pipeline/tables/wrap_text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>
#include <string_view>
#include <utility>

namespace paraspinal {
namespace {

constexpr std::size_t kLabelColumns = 10;

constexpr const char* kUnknown = "-";

std::string shown(const std::optional<double>& value, const Unit& unit) {
    return value ? fixed_text(*value, unit.shown_decimals) : kUnknown;
}

// Above the column of a Quantity or a StructureQuantity.
std::string head(const auto& row) {
    return std::string(row.symbol).append(" ").append(row.unit.ascii);
}

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

std::string card(const StudyReport& report) {
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

std::string card(const StudyFailure& failure) {
    return entry({"study", study_folder_name(failure.study)}) + entry({"status", "failed"}) +
           entry({"reason", error_name(failure.code)}) + entry({"", failure.message});
}

std::string first_flag(const StudyReport& report) {
    const std::size_t more = report.flags.size() - std::min<std::size_t>(1, report.flags.size());
    return report.flags.empty() ? ""
                                : std::string(report.flags.front().name()) +
                                      (more > 0 ? fmt::format(" +{}", more) : "");
}

// One row a study: the quantities that fit, and how wide.
struct NumberColumn {
    std::string_view name;
    std::size_t width = 0;
};
constexpr std::array<NumberColumn, 4> kNumberColumns{
    {{"csa_cm2", 8}, {"fa_cm2", 7}, {"fdr_pct", 6}, {"vb_cm2", 7}}};

constexpr std::size_t kFirstColumn = 16;

// From the status on.
std::string outcome_cells(const StudyOutcome& outcome) {
    const auto* const report = std::get_if<StudyReport>(&outcome);
    std::string text = fmt::format("  {:<7}", status_name(outcome));
    for (const NumberColumn& column : kNumberColumns) {
        const Quantity& row = quantity(column.name);
        text += fmt::format(
            "{:>{}}", report != nullptr ? shown(row.value(*report), row.unit) : "", column.width);
    }
    const std::string remark = report != nullptr
                                   ? first_flag(*report)
                                   : std::string(error_name(std::get<StudyFailure>(outcome).code));
    // A name is never cut: the few that are too long stand below.
    const std::size_t width = kFirstColumn + text.size() + 2 + remark.size();
    return text + (width <= kTerminalWidth ? "  " + remark
                                           : "\n" + fmt::format("{:>{}}", remark, kTerminalWidth));
}

std::string outcome_heads() {
    std::string heads = fmt::format("  {:<7}", "status");
    for (const NumberColumn& column : kNumberColumns) {
        heads += fmt::format("{:>{}}", head(quantity(column.name)), column.width);
    }
    return heads + "  flag or reason";
}

std::string table(const std::vector<StudyOutcome>& outcomes) {
    std::string text = line(fmt::format("{:<{}}", "study", kFirstColumn) + outcome_heads());
    for (const StudyOutcome& outcome : outcomes) {
        const std::string study = short_study_name(identity_of(outcome));
        text += line(fmt::format("{:<{}}", study, kFirstColumn) + outcome_cells(outcome));
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

std::string levels_table(const std::vector<StudyOutcome>& outcomes,
                         const std::vector<FurtherSlices>& further) {
    std::string text;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        if (further.at(i).levels.empty()) {
            continue;
        }
        const std::string study = short_study_name(identity_of(outcomes[i]));
        text += "\n" + line(fmt::format("{:<{}}", study, kFirstColumn) + outcome_heads());
        for (const LevelOutcome& one : further[i].levels) {
            text += line(fmt::format("{:<{}}", one.level, kFirstColumn) +
                         outcome_cells(one.own ? *one.own : outcomes[i]));
        }
    }
    return text;
}

}  // namespace paraspinal

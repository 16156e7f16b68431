// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/tables/terminal_table.h"

#include "core/text.h"
#include "pipeline/report/outcome_text.h"
#include "pipeline/report/tables/study_card.h"
#include "pipeline/report/tables/terminal_text_internal.h"
#include "pipeline/study/quantities.h"
#include "pipeline/tables/wrap_text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <string_view>
#include <variant>

namespace paraspinal {
namespace {

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
               ? std::visit([](const auto& result) { return study_card(result); }, outcomes.front())
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

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/agreement_page.h"

#include "core/text.h"
#include "pipeline/compare/agreement_cells.h"
#include "pipeline/compare/bland_altman_svg.h"
#include "pipeline/tables/columns/column_label.h"
#include "pipeline/tables/columns/column_unit.h"
#include "pipeline/tables/statistics_text.h"
#include "pipeline/tables/text_table.h"
#include "pipeline/tables/xml_text.h"

#include <array>
#include <optional>
#include <string_view>

namespace paraspinal {
namespace {

// Koo and Li, J Chiropr Med 2016;15:155-163, guideline of interpretation.
struct Word {
    double below = 1;
    std::string_view text;
};
constexpr std::array<Word, 4> kWords{{{.below = 0.5, .text = "poor"},
                                      {.below = 0.75, .text = "moderate"},
                                      {.below = 0.9, .text = "good"},
                                      {.below = 2, .text = "excellent"}}};
// A slope that is no accident.
constexpr double kGrows = 0.05;

std::string_view word_of(double icc) {
    for (const Word& word : kWords) {
        if (icc < word.below) {
            return word.text;
        }
    }
    return kWords.back().text;
}

// By both ends of the interval, as the guideline asks for.
std::string in_words(const std::optional<IntervalEstimate>& icc, const std::string& reason) {
    if (!icc) {
        return reason == "too_few_pairs" ? "fewer than three subjects"
                                         : "one rater gave all the same number";
    }
    const std::string low(word_of(icc->low));
    const std::string high(word_of(icc->high));
    return low == high ? low : low + " to " + high;
}

std::string limits_text(const Agreement& agreement) {
    const int decimals = decimals_for(agreement);
    return agreement.lower_limit ? fixed_text(agreement.lower_limit->value, decimals) + " to " +
                                       fixed_text(agreement.upper_limit->value, decimals)
                                 : "-";
}

std::string growth_text(const DifferenceShape& shape) {
    if (!shape.slope_p || !(*shape.slope_p < kGrows)) {
        return "no";
    }
    return "yes" + (shape.percent ? ": " + fixed_text(shape.percent->low, 1) + " to " +
                                        fixed_text(shape.percent->high, 1) + " %"
                                  : std::string());
}

// "CSA (cm²), anna - ben"; the name of a column that we do not know.
std::string title_of(const std::string& column,
                     const std::string& group,
                     const std::string& raters) {
    const std::string label =
        column_label({.name = column, .header = column, .unit = std::string(column_unit(column))});
    return (label.starts_with(column) ? column : label) + (group.empty() ? "" : ", " + group) +
           (raters.empty() ? "" : ", " + raters);
}

TextTable pairs_table(const TableAgreement& result) {
    TextTable table{.columns = {"what",
                                "n",
                                "ICC(2,1) [95 % CI]",
                                "in words",
                                "bias [95 % CI]",
                                "95 % limits",
                                "MDC95",
                                "differences grow with the size"}};
    for (const ColumnAgreement& one : result.columns) {
        const Agreement& agreement = one.agreement;
        const int decimals = decimals_for(agreement);
        table.rows.push_back({title_of(one.column, one.group, one.raters),
                              std::to_string(agreement.pairs),
                              correlation_text(agreement.icc_agreement),
                              in_words(agreement.icc_agreement, agreement.reason),
                              interval_text(agreement.bias, decimals),
                              limits_text(agreement),
                              number_text(agreement.mdc95, decimals),
                              growth_text(one.shape)});
    }
    table.notes = {
        "ICC(2,1): 1 is perfect agreement of single measurements, 0 none beyond chance. In words "
        "as "
        "Koo and Li 2016 have it, by both ends of the interval: poor below 0.5, moderate below "
        "0.75, good below 0.9, excellent from there on.",
        "Bias: how much higher the first one measures on average; where 0 lies in its interval, no "
        "such difference is shown. Between the 95 % limits lie 95 of 100 differences.",
        "MDC95: two readings of one person by the two, the bias taken off, differ by less than "
        "this 95 "
        "times of 100 where nothing has changed. A smaller change is no finding.",
        "Where differences grow with the size, read the limits in percent."};
    return table;
}

TextTable together_table(const TableAgreement& result) {
    TextTable table{.columns = {"what", "n", "ICC(2,1) [95 % CI]", "in words"}};
    for (const RatersCorrelation& all : result.together) {
        const auto icc = all.correlation ? std::optional(all.correlation->agreement) : std::nullopt;
        table.rows.push_back({title_of(all.column, all.group, ""),
                              std::to_string(all.complete),
                              correlation_text(icc),
                              in_words(icc, all.reason)});
    }
    return table;
}

}  // namespace

std::string agreement_section(const TableAgreement& result) {
    std::string html = "<p>" + std::to_string(result.joined) + " subjects, told by " +
                       xml_text(joined(result.key, ", ")) +
                       "; raters: " + xml_text(joined(result.raters, ", ")) +
                       ". Differences are first - second.</p>\n";
    if (!result.together.empty()) {
        html += "<h2>All raters together</h2>\n" + html_table(together_table(result));
    }
    if (!result.classes.empty()) {
        html += "<h2>Classes</h2>\n" + html_table(classes_table(result.classes));
    }
    if (result.columns.empty()) {
        return html;
    }
    html += "<h2>Two by two</h2>\n" + html_table(pairs_table(result));
    for (const std::string& note : result.notes) {
        html += "<p>" + xml_text(note) + "</p>\n";
    }
    html += "<details><summary>Plots of the differences (Bland and Altman 1986)</summary>\n";
    for (const ColumnAgreement& one : result.columns) {
        html += bland_altman_svg(one);
    }
    return html + "</details>\n";
}

std::string folder_agreement_page(const std::vector<LabelAgreement>& rows,
                                  const TableAgreement& areas) {
    TextTable overlap = label_agreement_table(rows);
    overlap.notes.insert(
        overlap.notes.begin(),
        "Dice: 1 is the same outline, 0 nothing in common. Surface: mean distance of the borders; "
        "HD95: what 95 % of the border keeps to.");
    return html_page(
        "<h2>Outlines</h2>\n" + html_table(overlap) + "<h2>Areas</h2>\n" + agreement_section(areas),
        "Agreement of " + joined(areas.raters, ", "));
}

std::string agreement_page(const TableAgreement& result) {
    return html_page(agreement_section(result), "Agreement of " + joined(result.raters, ", "));
}

}  // namespace paraspinal

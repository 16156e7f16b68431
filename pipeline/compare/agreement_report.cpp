// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/agreement_report.h"

#include "core/text.h"
#include "io/tables/write_csv.h"
#include "pipeline/compare/agreement_cells.h"
#include "pipeline/tables/statistics_text.h"
#include "pipeline/tables/text_table.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>

namespace paraspinal {
namespace {

using nlohmann::ordered_json;

constexpr int kCorrelationDecimals = 3;

std::vector<std::string> correlation_row(const ColumnAgreement& one) {
    const Agreement& agreement = one.agreement;
    const std::string icc = correlation_text(agreement.icc_agreement);
    return {agreement_name(one),
            std::to_string(agreement.pairs),
            agreement.reason.empty() ? icc : agreement.reason,
            correlation_text(agreement.icc_consistency),
            agreement.ccc ? fixed_text(agreement.ccc->value, kCorrelationDecimals) : "-"};
}

std::vector<std::string> difference_row(const ColumnAgreement& one) {
    const Agreement& agreement = one.agreement;
    const int decimals = decimals_for(agreement);
    const std::string limits = agreement.lower_limit
                                   ? fixed_text(agreement.lower_limit->value, decimals) + " to " +
                                         fixed_text(agreement.upper_limit->value, decimals)
                                   : "-";
    return {agreement_name(one),
            interval_text(agreement.bias, decimals),
            limits,
            number_text(agreement.sem, decimals),
            number_text(agreement.mdc95, decimals)};
}

std::string limits_text(const std::optional<IntervalEstimate>& limits, int decimals) {
    return limits ? fixed_text(limits->low, decimals) + " to " + fixed_text(limits->high, decimals)
                  : "-";
}

// Whether the differences grow with the size, and limits that do too.
std::vector<std::string> shape_row(const ColumnAgreement& one) {
    const DifferenceShape& shape = one.shape;
    return {agreement_name(one),
            interval_text(shape.slope, 3),
            shape.slope_p ? p_value_text(*shape.slope_p, false) : "-",
            limits_text(shape.percent, 1),
            limits_text(shape.ratio, 3)};
}

constexpr std::array<const char*, 10> kShapeColumns{"slope",
                                                    "slope_low",
                                                    "slope_high",
                                                    "slope_p",
                                                    "percent_bias",
                                                    "percent_lower_limit",
                                                    "percent_upper_limit",
                                                    "ratio",
                                                    "ratio_lower_limit",
                                                    "ratio_upper_limit"};

std::vector<std::string> shape_cells(const DifferenceShape& shape) {
    std::vector<std::string> cells;
    const auto append = [&](const std::optional<IntervalEstimate>& estimate) {
        cells.push_back(estimate ? shortest_text(estimate->value) : "");
        cells.push_back(estimate ? shortest_text(estimate->low) : "");
        cells.push_back(estimate ? shortest_text(estimate->high) : "");
    };
    append(shape.slope);
    cells.push_back(exact_text(shape.slope_p));
    append(shape.percent);
    append(shape.ratio);
    return cells;
}

// Of three raters or more, as a row of the same columns.
Agreement as_agreement(const RatersCorrelation& all) {
    Agreement agreement{.pairs = all.complete, .missing = all.missing, .reason = all.reason};
    if (all.correlation) {
        agreement.icc_agreement = all.correlation->agreement;
        agreement.icc_consistency = all.correlation->consistency;
    }
    return agreement;
}

TextTable together_table(const TableAgreement& result) {
    TextTable table{.columns = {"column", "n", "ICC(2,1) [95 % CI]", "ICC(3,1) [95 % CI]"},
                    .notes = {"All " + std::to_string(result.raters.size()) +
                              " raters together: " + joined(result.raters, ", ") + "."}};
    for (const RatersCorrelation& all : result.together) {
        const Agreement agreement = as_agreement(all);
        const std::string icc = correlation_text(agreement.icc_agreement);
        table.rows.push_back({all.column + (all.group.empty() ? "" : ", " + all.group),
                              std::to_string(all.complete),
                              all.reason.empty() ? icc : all.reason,
                              correlation_text(agreement.icc_consistency)});
    }
    return table;
}

ordered_json rows_json(const JoinedRows& rows) {
    return {{"rows", rows.rows},
            {"without_key", rows.without_key},
            {"failed", rows.failed},
            {"duplicate", rows.duplicate},
            {"unmatched", rows.unmatched}};
}

ordered_json interval_json(const std::optional<IntervalEstimate>& estimate) {
    return estimate ? ordered_json{{"value", estimate->value},
                                   {"low", estimate->low},
                                   {"high", estimate->high}}
                    : ordered_json();
}

ordered_json cell_json(const std::string& cell) {
    if (const auto whole = parse_integer(cell)) {
        return *whole;
    }
    const std::optional<double> number = parse_number(cell);
    return number ? ordered_json(*number) : ordered_json();
}

}  // namespace

std::string agreement_text(const TableAgreement& result) {
    TextTable correlations{
        .columns = {"column", "n", "ICC(2,1) [95 % CI]", "ICC(3,1) [95 % CI]", "CCC"}};
    TextTable differences{.columns = {"column", "bias [95 % CI]", "95 % limits", "SEM", "MDC95"}};
    TextTable shapes{
        .columns =
            {"column", "slope on the mean [95 % CI]", "P", "95 % limits, %", "95 % limits, ratio"},
        .notes = {"Slope: how much the difference grows with the mean of both. Where it "
                  "does (P < 0.05) limits in percent or as a ratio are the ones to "
                  "read."}};
    for (const ColumnAgreement& one : result.columns) {
        correlations.rows.push_back(correlation_row(one));
        differences.rows.push_back(difference_row(one));
        shapes.rows.push_back(shape_row(one));
    }
    const std::string head =
        std::to_string(result.joined) + " rows joined by " + joined(result.key, ", ") +
        "; differences are first - second\n\n" +
        (result.classes.empty()
             ? ""
             : terminal_text(classes_table(result.classes)) + (result.columns.empty() ? "" : "\n"));
    if (result.columns.empty()) {
        return head;
    }
    return head + (result.together.empty() ? "" : terminal_text(together_table(result)) + "\n") +
           terminal_text(correlations) + "\n" + terminal_text(differences) + "\n" +
           terminal_text(shapes);
}

std::string agreement_csv(const TableAgreement& result) {
    std::vector<std::string> columns{"column"};
    const std::vector<std::string> names = agreement_columns("");
    columns.insert(columns.end(), names.begin(), names.end());
    columns.emplace_back("group");
    columns.insert(columns.end(), kShapeColumns.begin(), kShapeColumns.end());
    columns.emplace_back("raters");
    const std::vector<std::string> of_classes = kappa_columns();
    columns.insert(columns.end(), of_classes.begin(), of_classes.end());
    std::vector<std::vector<std::string>> rows;
    const auto append = [&rows, &columns](const ColumnAgreement& one) {
        rows.push_back({one.column});
        const std::vector<std::string> cells = agreement_cells(one.agreement);
        rows.back().insert(rows.back().end(), cells.begin(), cells.end());
        rows.back().push_back(one.group);
        const std::vector<std::string> shape = shape_cells(one.shape);
        rows.back().insert(rows.back().end(), shape.begin(), shape.end());
        rows.back().push_back(one.raters);
        rows.back().resize(columns.size());
    };
    // Numbers of classes are empty but for their count.
    for (const ClassAgreement& one : result.classes) {
        append({.column = one.column,
                .group = one.group,
                .raters = one.raters,
                .first = {},
                .second = {},
                .agreement = {.pairs = one.subjects, .missing = one.missing, .reason = "classes"},
                .shape = {}});
        std::ranges::copy(kappa_cells(one),
                          rows.back().end() - static_cast<std::ptrdiff_t>(of_classes.size()));
    }
    for (const RatersCorrelation& all : result.together) {
        append({.column = all.column,
                .group = all.group,
                .raters = "all",
                .first = {},
                .second = {},
                .agreement = as_agreement(all),
                .shape = {}});
    }
    std::ranges::for_each(result.columns, append);
    return csv_text(columns, rows);
}

std::string agreement_json(const TableAgreement& result) {
    ordered_json document{{"format", "paraspinal agreement"},
                          {"format_version", 1},
                          {"key", result.key},
                          {"joined", result.joined}};
    // The first two have had keys of their own since there were only two.
    constexpr std::array<const char*, 2> kOfTwo{"first", "second"};
    for (std::size_t i = 0; i < result.tables.size(); ++i) {
        const ordered_json rows = rows_json(result.tables[i]);
        if (i < kOfTwo.size()) {
            document[kOfTwo.at(i)] = rows;
        } else {
            document["others"].push_back(rows);
        }
    }
    document["raters"] = result.raters;
    document["together"] = ordered_json::array();
    for (const RatersCorrelation& all : result.together) {
        const Agreement agreement = as_agreement(all);
        document["together"].push_back({{"column", all.column},
                                        {"group", all.group},
                                        {"complete", all.complete},
                                        {"missing", all.missing},
                                        {"reason", all.reason},
                                        {"icc_2_1", interval_json(agreement.icc_agreement)},
                                        {"icc_3_1", interval_json(agreement.icc_consistency)}});
    }
    document["classes"] = ordered_json::array();
    for (const ClassAgreement& one : result.classes) {
        document["classes"].push_back({{"column", one.column},
                                       {"group", one.group},
                                       {"raters", one.raters},
                                       {"subjects", one.subjects},
                                       {"missing", one.missing},
                                       {"alike", one.alike},
                                       {"classes", one.classes},
                                       {"counts", one.counts},
                                       {"kappa", interval_json(one.kappa)},
                                       {"linear_kappa", interval_json(one.linear_kappa)},
                                       {"quadratic_kappa", interval_json(one.quadratic_kappa)}});
    }
    document["columns"] = ordered_json::array();
    const std::vector<std::string> names = agreement_columns("");
    for (const ColumnAgreement& one : result.columns) {
        const std::vector<std::string> cells = agreement_cells(one.agreement);
        ordered_json column{{"column", one.column}};
        for (std::size_t i = 0; i < names.size(); ++i) {
            column[names[i]] = names[i] == "reason" ? ordered_json(cells[i]) : cell_json(cells[i]);
        }
        column["group"] = one.group;
        column["raters"] = one.raters;
        const std::vector<std::string> shape = shape_cells(one.shape);
        for (std::size_t i = 0; i < kShapeColumns.size(); ++i) {
            column[kShapeColumns.at(i)] = cell_json(shape[i]);
        }
        document["columns"].push_back(column);
    }
    return document.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace paraspinal

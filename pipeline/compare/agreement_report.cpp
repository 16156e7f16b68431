// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/agreement_report.h"

#include "core/text.h"
#include "io/write_csv.h"
#include "pipeline/compare/agreement_cells.h"
#include "pipeline/tables/statistics_text.h"
#include "pipeline/tables/text_table.h"

#include <nlohmann/json.hpp>

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

ordered_json rows_json(const JoinedRows& rows) {
    return {{"rows", rows.rows},
            {"without_key", rows.without_key},
            {"failed", rows.failed},
            {"duplicate", rows.duplicate},
            {"unmatched", rows.unmatched}};
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
    for (const ColumnAgreement& one : result.columns) {
        correlations.rows.push_back(correlation_row(one));
        differences.rows.push_back(difference_row(one));
    }
    return std::to_string(result.joined) + " rows joined by " + joined(result.key, ", ") +
           "; differences are first - second\n\n" + terminal_text(correlations) + "\n" +
           terminal_text(differences);
}

std::string agreement_csv(const TableAgreement& result) {
    std::vector<std::string> columns{"column"};
    const std::vector<std::string> names = agreement_columns("");
    columns.insert(columns.end(), names.begin(), names.end());
    columns.emplace_back("group");
    std::vector<std::vector<std::string>> rows;
    for (const ColumnAgreement& one : result.columns) {
        rows.push_back({one.column});
        const std::vector<std::string> cells = agreement_cells(one.agreement);
        rows.back().insert(rows.back().end(), cells.begin(), cells.end());
        rows.back().push_back(one.group);
    }
    return csv_text(columns, rows);
}

std::string agreement_json(const TableAgreement& result) {
    ordered_json document{{"key", result.key},
                          {"joined", result.joined},
                          {"first", rows_json(result.first)},
                          {"second", rows_json(result.second)},
                          {"columns", ordered_json::array()}};
    const std::vector<std::string> names = agreement_columns("");
    for (const ColumnAgreement& one : result.columns) {
        const std::vector<std::string> cells = agreement_cells(one.agreement);
        ordered_json column{{"column", one.column}};
        for (std::size_t i = 0; i < names.size(); ++i) {
            column[names[i]] = names[i] == "reason" ? ordered_json(cells[i]) : cell_json(cells[i]);
        }
        column["group"] = one.group;
        document["columns"].push_back(column);
    }
    return document.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace paraspinal

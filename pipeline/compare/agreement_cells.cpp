// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/agreement_cells.h"

#include "core/text.h"

#include <algorithm>
#include <cmath>

namespace paraspinal {
namespace {

void append(std::vector<std::string>& cells, const std::optional<IntervalEstimate>& interval) {
    for (double IntervalEstimate::*const part :
         {&IntervalEstimate::value, &IntervalEstimate::low, &IntervalEstimate::high}) {
        cells.push_back(interval ? shortest_text((*interval).*part) : "");
    }
}

}  // namespace

std::string correlation_text(const std::optional<IntervalEstimate>& interval) {
    return interval ? fixed_text(interval->value, 3) + " [" + fixed_text(interval->low, 2) + ", " +
                          fixed_text(interval->high, 2) + "]"
                    : "-";
}

std::string number_text(const std::optional<double>& value, int decimals) {
    return value ? fixed_text(*value, decimals) : "-";
}

std::string exact_text(const std::optional<double>& value) {
    return value ? shortest_text(*value) : "";
}

int decimals_for(const Agreement& agreement) {
    constexpr int kDigits = 4;
    constexpr int kMost = 4;
    const double largest =
        std::max(std::abs(agreement.mean_first), std::abs(agreement.mean_second));
    const int before_point =
        largest > 0 ? static_cast<int>(std::floor(std::log10(largest))) + 1 : 1;
    return std::clamp(kDigits - before_point, 0, kMost);
}

std::vector<std::string> agreement_columns(const std::string& prefix) {
    std::vector<std::string> columns;
    for (const char* const name : {"pairs",
                                   "missing",
                                   "reason",
                                   "mean_first",
                                   "mean_second",
                                   "icc_2_1",
                                   "icc_2_1_low",
                                   "icc_2_1_high",
                                   "icc_3_1",
                                   "icc_3_1_low",
                                   "icc_3_1_high",
                                   "ccc",
                                   "ccc_low",
                                   "ccc_high",
                                   "bias",
                                   "bias_low",
                                   "bias_high",
                                   "lower_limit",
                                   "lower_limit_low",
                                   "lower_limit_high",
                                   "upper_limit",
                                   "upper_limit_low",
                                   "upper_limit_high",
                                   "sd_difference",
                                   "sem",
                                   "mdc95"}) {
        columns.push_back(prefix + name);
    }
    return columns;
}

std::vector<std::string> kappa_columns() {
    std::vector<std::string> columns{"alike"};
    for (const std::string name : {"kappa", "linear_kappa", "quadratic_kappa"}) {
        columns.insert(columns.end(), {name, name + "_low", name + "_high"});
    }
    return columns;
}

std::vector<std::string> kappa_cells(const ClassAgreement& agreement) {
    std::vector<std::string> cells{std::to_string(agreement.alike)};
    append(cells, agreement.kappa);
    append(cells, agreement.linear_kappa);
    append(cells, agreement.quadratic_kappa);
    return cells;
}

TextTable classes_table(const std::vector<ClassAgreement>& classes) {
    TextTable table{
        .columns = {"classes", "n", "alike", "kappa [95 % CI]", "linear weights", "quadratic"},
        .notes = {"Kappa: agreement beyond chance, 1 is perfect (Cohen; of all together Fleiss). "
                  "Weights, of two raters and ordered classes, count near classes as near. A dash "
                  "as kappa where a rater put all into one class, which tells nothing."}};
    for (const ClassAgreement& one : classes) {
        const std::string group = one.group.empty() ? "" : ", " + one.group;
        const std::string raters = one.raters.empty() ? "" : ", " + one.raters;
        table.rows.push_back({one.column + group + raters,
                              std::to_string(one.subjects),
                              std::to_string(one.alike),
                              correlation_text(one.kappa),
                              correlation_text(one.linear_kappa),
                              correlation_text(one.quadratic_kappa)});
    }
    return table;
}

std::vector<std::string> agreement_cells(const Agreement& agreement) {
    const bool has_means = agreement.bias.has_value();
    std::vector<std::string> cells{std::to_string(agreement.pairs),
                                   std::to_string(agreement.missing),
                                   agreement.reason,
                                   has_means ? shortest_text(agreement.mean_first) : "",
                                   has_means ? shortest_text(agreement.mean_second) : ""};
    append(cells, agreement.icc_agreement);
    append(cells, agreement.icc_consistency);
    append(cells, agreement.ccc);
    append(cells, agreement.bias);
    append(cells, agreement.lower_limit);
    append(cells, agreement.upper_limit);
    for (const auto& value : {agreement.sd_difference, agreement.sem, agreement.mdc95}) {
        cells.push_back(exact_text(value));
    }
    return cells;
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/cohort/design_columns.h"

#include "core/error.h"
#include "core/text.h"

#include <algorithm>
#include <cstddef>

namespace paraspinal {
namespace {

constexpr std::size_t kMostClasses = 20;

std::map<std::string, std::size_t> counts_of(const CohortColumn& column) {
    std::map<std::string, std::size_t> counts;
    for (const std::string& text : column.texts) {
        if (!text.empty()) {
            ++counts[text];
        }
    }
    if (counts.empty()) {
        throw Error(ErrorCode::usage, "column " + column.name + " holds no value");
    }
    if (counts.size() > kMostClasses) {
        throw Error(ErrorCode::usage,
                    "column " + column.name + " holds " + std::to_string(counts.size()) +
                        " different texts; that is no predictor");
    }
    return counts;
}

std::string reference_of(const CohortColumn& column,
                         const std::map<std::string, std::size_t>& counts,
                         const std::map<std::string, std::string>& wanted) {
    const auto found = std::ranges::find_if(wanted, [&](const auto& entry) {
        return lower_case(entry.first) == lower_case(column.name);
    });
    if (found == wanted.end()) {
        return std::ranges::max_element(counts, {}, [](const auto& entry) { return entry.second; })
            ->first;
    }
    const auto same = std::ranges::find_if(counts, [&](const auto& entry) {
        return lower_case(entry.first) == lower_case(found->second);
    });
    if (same == counts.end()) {
        throw Error(ErrorCode::usage,
                    "column " + column.name + " never holds its reference " + found->second);
    }
    return same->first;
}

CohortColumn indicator(const CohortColumn& column,
                       const std::string& level,
                       const std::string& reference) {
    CohortColumn yes{.name = column.name + ": " + level + " (against " + reference + ")",
                     .kind = ColumnKind::yes_no};
    for (const std::string& text : column.texts) {
        yes.texts.emplace_back(text.empty() ? "" : text == level ? "1" : "0");
        yes.numbers.push_back(text.empty() ? std::nullopt
                                           : std::optional(text == level ? 1.0 : 0.0));
    }
    return yes;
}

}  // namespace

Design design_of(const CohortTable& cohort,
                 const std::vector<std::string>& predictors,
                 const std::map<std::string, std::string>& reference) {
    Design design{.cohort = cohort};
    for (const std::string& name : predictors) {
        const CohortColumn& column = shown_column(cohort, name);
        DesignPredictor predictor{.name = column.name};
        if (!column.numbers.empty()) {
            predictor.columns.push_back(column.name);
        } else {
            const auto counts = counts_of(column);
            const std::string against = reference_of(column, counts, reference);
            for (const auto& [level, count] : counts) {
                if (level != against) {
                    design.cohort.columns.push_back(indicator(column, level, against));
                    predictor.columns.push_back(design.cohort.columns.back().name);
                }
            }
        }
        design.predictors.push_back(std::move(predictor));
    }
    return design;
}

std::vector<std::string> columns_of(const Design& design) {
    std::vector<std::string> names;
    for (const DesignPredictor& predictor : design.predictors) {
        names.insert(names.end(), predictor.columns.begin(), predictor.columns.end());
    }
    return names;
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/columns/statistics_variables.h"

#include "core/text.h"
#include "io/calendar_date.h"
#include "pipeline/tables/columns/class_order.h"
#include "pipeline/tables/columns/column_label.h"

#include <algorithm>
#include <chrono>
#include <set>

namespace paraspinal {
namespace {

// Days from 1970-01-01 of a text that begins with a date.
std::optional<double> days_of(const std::string& text) {
    const std::optional<std::string> date = parse_date(text);
    if (!date) {
        return std::nullopt;
    }
    using namespace std::chrono;
    const auto part = [&](std::size_t from, std::size_t count) {
        return static_cast<int>(parse_integer(date->substr(from, count)).value_or(0));
    };
    const year_month_day day{year{part(0, 4)},
                             month{static_cast<unsigned>(part(5, 2))},
                             std::chrono::day{static_cast<unsigned>(part(8, 2))}};
    return day.ok() ? std::optional<double>(sys_days{day}.time_since_epoch().count())
                    : std::nullopt;
}

// Texts that `number_of` turns into numbers; false, and nothing done, where one is none.
template <class NumberOf>
bool fill_parsed(StatisticsVariable& variable,
                 const std::vector<std::string>& texts,
                 const NumberOf& number_of) {
    std::vector<std::optional<double>> numbers;
    for (const std::string& text : texts) {
        numbers.push_back(text.empty() ? std::nullopt : number_of(text));
        if (!text.empty() && !numbers.back()) {
            return false;
        }
    }
    variable.numbers = std::move(numbers);
    return true;
}

void fill_classes(StatisticsVariable& variable, const CohortColumn& column) {
    std::set<std::string> found(column.texts.begin(), column.texts.end());
    found.erase("");
    const std::vector<std::string> names(found.begin(), found.end());
    std::vector<std::string> sorted;
    for (const std::size_t place : class_order(names, column)) {
        sorted.push_back(names[place]);
        variable.value_labels.emplace_back(static_cast<double>(sorted.size()), sorted.back());
    }
    for (const std::string& text : column.texts) {
        const auto place = std::ranges::find(sorted, text) - sorted.begin();
        variable.numbers.push_back(text.empty() ? std::nullopt
                                                : std::optional(static_cast<double>(place + 1)));
    }
}

void fill_texts(StatisticsVariable& variable, const CohortColumn& column) {
    variable.scale = MeasurementScale::nominal;
    variable.texts = column.texts;
}

StatisticsVariable variable_of(const CohortColumn& column) {
    StatisticsVariable variable{.name = column.name, .label = column_label(column)};
    switch (column.kind) {
        case ColumnKind::number: variable.numbers = column.numbers; break;
        case ColumnKind::yes_no:
            variable.scale = MeasurementScale::nominal;
            variable.value_labels = {{0, "no"}, {1, "yes"}};
            variable.numbers = column.numbers;
            break;
        case ColumnKind::categorical:
        case ColumnKind::ordered:
            variable.scale = column.kind == ColumnKind::ordered ? MeasurementScale::ordinal
                                                                : MeasurementScale::nominal;
            if (!fill_parsed(variable, column.texts, [](const std::string& text) {
                    return parse_number(text);
                })) {
                fill_classes(variable, column);
            }
            break;
        default:
            // A date that leads to an examination is an identifier, and a date all the same.
            variable.is_date =
                (column.kind == ColumnKind::date || column.name.ends_with("_date")) &&
                fill_parsed(variable, column.texts, days_of);
            if (!variable.is_date) {
                fill_texts(variable, column);
            }
            break;
    }
    return variable;
}

}  // namespace

std::vector<StatisticsVariable> statistics_variables(const CohortTable& cohort) {
    std::vector<StatisticsVariable> variables;
    for (const CohortColumn& column : cohort.columns) {
        variables.push_back(variable_of(column));
    }
    return variables;
}

}  // namespace paraspinal

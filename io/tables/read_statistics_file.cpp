// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/tables/read_statistics_file.h"

#include "core/error.h"
#include "core/text.h"
#include "io/calendar_date.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <readstat.h>
#include <set>
#include <string>
#include <utility>
#include <variant>

namespace paraspinal {
namespace {

constexpr double kSecondsPerDay = 86400;
// 1582-10-14 and 1960-01-01 in days from 1970-01-01.
constexpr double kFirstDaySpss = -141428;
constexpr double kFirstDayStata = -3653;

using Value = std::variant<std::monostate, double, std::string>;
using Labels = std::map<double, std::string>;

struct Column {
    std::string name;
    std::string label_set;
    std::string format;
    std::vector<Value> values;
};

// What the callbacks fill. Nothing may be thrown through C.
struct Reading {
    std::vector<Column> columns;
    std::map<std::string, Labels> labels;
    std::size_t rows = 0;
    bool is_too_large = false;
    bool is_out_of_memory = false;
};

template <class Work>
int guarded(void* context, const Work& work) {
    auto& reading = *static_cast<Reading*>(context);
    try {
        return work(reading) ? READSTAT_HANDLER_OK : READSTAT_HANDLER_ABORT;
    } catch (const std::exception&) {
        reading.is_out_of_memory = true;
        return READSTAT_HANDLER_ABORT;
    }
}

int take_variable(int /*index*/, readstat_variable_t* variable, const char* labels, void* context) {
    return guarded(context, [&](Reading& reading) {
        const char* const format = readstat_variable_get_format(variable);
        reading.columns.push_back({.name = readstat_variable_get_name(variable),
                                   .label_set = labels == nullptr ? "" : labels,
                                   .format = format == nullptr ? "" : format});
        return true;
    });
}

int take_label(const char* set, readstat_value_t value, const char* label, void* context) {
    return guarded(context, [&](Reading& reading) {
        if (set != nullptr && label != nullptr &&
            readstat_value_type(value) != READSTAT_TYPE_STRING &&
            readstat_value_is_tagged_missing(value) == 0) {
            reading.labels[set][readstat_double_value(value)] = label;
        }
        return true;
    });
}

Value value_of(readstat_value_t value, readstat_variable_t* variable) {
    if (readstat_value_is_missing(value, variable) != 0) {
        return {};
    }
    if (readstat_value_type_class(value) == READSTAT_TYPE_CLASS_STRING) {
        const char* const text = readstat_string_value(value);
        return text == nullptr ? Value{} : Value{std::string(trimmed(text))};
    }
    const double number = readstat_double_value(value);
    // A float of Stata means the shortest decimal number that it stands for, not its double.
    return readstat_value_type(value) == READSTAT_TYPE_FLOAT
               ? Value{parse_number(shortest_text(static_cast<float>(number))).value_or(number)}
               : Value{number};
}

int take_value(int row, readstat_variable_t* variable, readstat_value_t value, void* context) {
    return guarded(context, [&](Reading& reading) {
        const auto column = static_cast<std::size_t>(readstat_variable_get_index(variable));
        const auto place = static_cast<std::size_t>(row);
        if (column >= reading.columns.size() ||
            (place + 1) * reading.columns.size() > kMostTableCells) {
            reading.is_too_large = true;
            return false;
        }
        reading.rows = std::max(reading.rows, place + 1);
        std::vector<Value>& values = reading.columns[column].values;
        values.resize(reading.rows);
        values[place] = value_of(value, variable);
        return true;
    });
}

enum class Clock { none, spss_seconds, stata_days, stata_milliseconds };

Clock clock_of(const std::string& format, bool is_stata) {
    const std::string lower = lower_case(format);
    if (is_stata) {
        const bool is_day =
            lower.starts_with("%td") || lower.starts_with("%d") || lower.starts_with("%-td");
        const bool is_time = lower.starts_with("%tc") || lower.starts_with("%-tc");
        return is_day ? Clock::stata_days : is_time ? Clock::stata_milliseconds : Clock::none;
    }
    for (const char* const name : {"date", "adate", "edate", "sdate", "jdate", "ymdhms"}) {
        if (lower.starts_with(name)) {
            return Clock::spss_seconds;
        }
    }
    return Clock::none;
}

std::string date_of(double value, Clock clock) {
    constexpr double kMilliseconds = 1000;
    const double seconds = clock == Clock::spss_seconds ? value + kFirstDaySpss * kSecondsPerDay
                           : clock == Clock::stata_days
                               ? (value + kFirstDayStata) * kSecondsPerDay
                               : value / kMilliseconds + kFirstDayStata * kSecondsPerDay;
    const double day = std::floor(seconds / kSecondsPerDay);
    constexpr double kFarthest = 1e7;
    if (!(std::abs(day) < kFarthest)) {
        return {};
    }
    return date_text(static_cast<std::int64_t>(day),
                     static_cast<int>(seconds - day * kSecondsPerDay));
}

std::string number_text(double value) {
    constexpr double kExactWhole = 1e15;
    return value == std::floor(value) && std::abs(value) < kExactWhole ? fixed_text(value, 0)
                                                                       : shortest_text(value);
}

// Whether each value that occurs has a label, so that the labels say all.
bool is_labelled(const Column& column, const Labels& labels) {
    return std::ranges::all_of(column.values, [&](const Value& value) {
        const auto* const number = std::get_if<double>(&value);
        return std::holds_alternative<std::monostate>(value) ||
               (number != nullptr && labels.contains(*number));
    });
}

std::vector<std::string> texts_of(const Column& column, const Labels* labels, bool is_stata) {
    const bool by_label = labels != nullptr && !labels->empty() && is_labelled(column, *labels);
    const Clock clock = clock_of(column.format, is_stata);
    std::vector<std::string> texts;
    for (const Value& value : column.values) {
        if (const auto* const number = std::get_if<double>(&value)) {
            texts.push_back(by_label               ? labels->at(*number)
                            : clock != Clock::none ? date_of(*number, clock)
                                                   : number_text(*number));
        } else {
            const auto* const text = std::get_if<std::string>(&value);
            texts.push_back(text == nullptr ? std::string() : *text);
        }
    }
    return texts;
}

TableRows table_of(const Reading& reading, bool is_stata) {
    TableRows table;
    std::vector<std::vector<std::string>> columns;
    for (const Column& column : reading.columns) {
        table.columns.push_back(column.name);
        const auto labels = reading.labels.find(column.label_set);
        columns.push_back(
            texts_of(column, labels == reading.labels.end() ? nullptr : &labels->second, is_stata));
    }
    for (std::size_t row = 0; row < reading.rows; ++row) {
        std::vector<std::string> cells;
        for (const std::vector<std::string>& column : columns) {
            cells.push_back(row < column.size() ? column[row] : "");
        }
        if (std::ranges::any_of(cells, [](const std::string& cell) { return !cell.empty(); })) {
            table.rows.push_back(std::move(cells));
            table.numbers.push_back(row + 1);
        }
    }
    return table;
}

}  // namespace

TableRows read_statistics_file(const std::filesystem::path& file) {
    std::error_code failure;
    if (!std::filesystem::exists(file, failure)) {
        throw Error(ErrorCode::input_not_found, "there is no file " + file.string());
    }
    const std::unique_ptr<readstat_parser_t, decltype(&readstat_parser_free)> parser(
        readstat_parser_init(), &readstat_parser_free);
    readstat_set_variable_handler(parser.get(), take_variable);
    readstat_set_value_label_handler(parser.get(), take_label);
    readstat_set_value_handler(parser.get(), take_value);
    const bool is_stata = lower_case(file.extension().string()) == ".dta";
    Reading reading;
    const readstat_error_t error = is_stata
                                       ? readstat_parse_dta(parser.get(), file.c_str(), &reading)
                                       : readstat_parse_sav(parser.get(), file.c_str(), &reading);
    if (reading.is_too_large) {
        throw Error(ErrorCode::malformed_file,
                    "the file has more than " + std::to_string(kMostTableCells) + " cells");
    }
    if (reading.is_out_of_memory) {
        throw Error(ErrorCode::out_of_memory, "there is not enough memory for the file");
    }
    if (error == READSTAT_ERROR_OPEN) {
        throw Error(ErrorCode::unreadable_file, "cannot read " + file.string());
    }
    if (error != READSTAT_OK) {
        throw Error(ErrorCode::malformed_file,
                    std::string("the file is no usable ") + (is_stata ? "Stata" : "SPSS") +
                        " data: " + readstat_error_message(error));
    }
    if (reading.columns.empty()) {
        throw Error(ErrorCode::malformed_file, "the file has no variables");
    }
    return table_of(reading, is_stata);
}

}  // namespace paraspinal

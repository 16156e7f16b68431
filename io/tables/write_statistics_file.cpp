// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/tables/write_statistics_file.h"

#include "core/error.h"
#include "core/text.h"
#include "io/output_file.h"

#include <algorithm>
#include <memory>
#include <readstat.h>
#include <set>
#include <sys/types.h>

namespace paraspinal {
namespace {

// Stata's limit; SPSS has 64.
constexpr std::size_t kLongestName = 32;
// 1582-10-14 and 1960-01-01 in days from 1970-01-01, as read_statistics_file.
constexpr double kFirstDaySpss = -141428;
constexpr double kFirstDayStata = -3653;
constexpr double kSecondsPerDay = 86400;

// Words that SPSS and Stata keep for themselves; those that begin with an underscore never come.
// Source: Stata User's Guide, 11.3.
bool is_reserved(const std::string& name) {
    static const std::set<std::string> words{
        "all", "and",  "by", "eq", "ge",    "gt",   "le",     "lt",    "ne",  "not",  "or",
        "to",  "with", "if", "in", "using", "byte", "double", "float", "int", "long", "strl"};
    const bool is_string_type = name.size() > 3 && name.starts_with("str") &&
                                name.find_first_not_of("0123456789", 3) == std::string::npos;
    return is_string_type || words.contains(name);
}

std::string plain_name(const std::string& name, std::set<std::string>& taken) {
    std::string plain;
    for (const char letter : name) {
        const bool is_plain = (letter >= 'a' && letter <= 'z') ||
                              (letter >= 'A' && letter <= 'Z') ||
                              (letter >= '0' && letter <= '9') || letter == '_';
        if (is_plain || plain.empty() || plain.back() != '_') {
            plain += is_plain ? letter : '_';
        }
    }
    const bool begins_well = !plain.empty() && ((plain[0] >= 'a' && plain[0] <= 'z') ||
                                                (plain[0] >= 'A' && plain[0] <= 'Z'));
    plain = (begins_well && !is_reserved(lower_case(plain)) ? "" : "v_") + plain;
    while (plain.size() > 1 && plain.back() == '_') {
        plain.pop_back();
    }
    std::string one = plain.substr(0, kLongestName);
    for (int place = 2; !taken.insert(lower_case(one)).second; ++place) {
        const std::string end = "_" + std::to_string(place);
        one = plain.substr(0, kLongestName - end.size()) + end;
    }
    return one;
}

void check(readstat_error_t error) {
    if (error != READSTAT_OK) {
        throw Error(ErrorCode::invalid_value,
                    std::string("the data cannot be written for statistics programs: ") +
                        readstat_error_message(error));
    }
}

ssize_t append_bytes(const void* bytes, std::size_t count, void* context) {
    auto& content = *static_cast<std::string*>(context);
    content.append(static_cast<const char*>(bytes), count);
    return static_cast<ssize_t>(count);
}

bool is_text(const StatisticsVariable& variable) {
    return !variable.texts.empty();
}

std::size_t longest(const StatisticsVariable& variable) {
    std::size_t length = 1;
    for (const std::string& text : variable.texts) {
        length = std::max(length, text.size());
    }
    return length;
}

readstat_variable_t* add_variable(readstat_writer_t* writer,
                                  const StatisticsVariable& variable,
                                  const std::string& name,
                                  bool is_stata) {
    readstat_variable_t* const added =
        readstat_add_variable(writer,
                              name.c_str(),
                              is_text(variable) ? READSTAT_TYPE_STRING : READSTAT_TYPE_DOUBLE,
                              is_text(variable) ? longest(variable) : 0);
    readstat_variable_set_label(added, variable.label.c_str());
    readstat_variable_set_measure(added,
                                  variable.scale == MeasurementScale::scale ? READSTAT_MEASURE_SCALE
                                  : variable.scale == MeasurementScale::ordinal
                                      ? READSTAT_MEASURE_ORDINAL
                                      : READSTAT_MEASURE_NOMINAL);
    if (variable.is_date) {
        readstat_variable_set_format(added, is_stata ? "%td" : "SDATE10");
    }
    if (!variable.value_labels.empty()) {
        readstat_label_set_t* const labels =
            readstat_add_label_set(writer, READSTAT_TYPE_DOUBLE, name.c_str());
        for (const auto& [value, label] : variable.value_labels) {
            readstat_label_double_value(labels, value, label.c_str());
        }
        readstat_variable_set_label_set(added, labels);
    }
    return added;
}

double written_number(double value, const StatisticsVariable& variable, bool is_stata) {
    return !variable.is_date ? value
           : is_stata        ? value - kFirstDayStata
                             : (value - kFirstDaySpss) * kSecondsPerDay;
}

void insert(readstat_writer_t* writer,
            const readstat_variable_t* place,
            const StatisticsVariable& variable,
            std::size_t row,
            bool is_stata) {
    if (is_text(variable)) {
        check(readstat_insert_string_value(writer, place, variable.texts.at(row).c_str()));
    } else if (const std::optional<double>& number = variable.numbers.at(row)) {
        check(readstat_insert_double_value(
            writer, place, written_number(*number, variable, is_stata)));
    } else {
        check(readstat_insert_missing_value(writer, place));
    }
}

}  // namespace

std::vector<std::string> statistics_names(const std::vector<StatisticsVariable>& variables) {
    std::set<std::string> taken;
    std::vector<std::string> names;
    for (const StatisticsVariable& variable : variables) {
        names.push_back(plain_name(variable.name, taken));
    }
    return names;
}

void write_statistics_file(const std::filesystem::path& file,
                           const std::vector<StatisticsVariable>& variables) {
    const std::string ending = lower_case(file.extension().string());
    const bool is_stata = ending == ".dta";
    if (!is_stata && ending != ".sav") {
        throw Error(ErrorCode::usage, "data for SPSS end with .sav, for Stata with .dta");
    }
    const std::unique_ptr<readstat_writer_t, decltype(&readstat_writer_free)> writer(
        readstat_writer_init(), &readstat_writer_free);
    std::string content;
    check(readstat_set_data_writer(writer.get(), append_bytes));
    // A time of its own would make two runs differ.
    check(readstat_writer_set_file_timestamp(writer.get(), 0));
    if (is_stata) {
        constexpr std::uint8_t kWithUtf8 = 118;
        check(readstat_writer_set_file_format_version(writer.get(), kWithUtf8));
    }
    const std::vector<std::string> names = statistics_names(variables);
    std::vector<readstat_variable_t*> places;
    for (std::size_t i = 0; i < variables.size(); ++i) {
        places.push_back(add_variable(writer.get(), variables[i], names[i], is_stata));
    }
    const std::size_t rows =
        variables.empty() ? 0 : std::max(variables[0].texts.size(), variables[0].numbers.size());
    const auto count = static_cast<long>(rows);
    check(is_stata ? readstat_begin_writing_dta(writer.get(), &content, count)
                   : readstat_begin_writing_sav(writer.get(), &content, count));
    for (std::size_t row = 0; row < rows; ++row) {
        check(readstat_begin_row(writer.get()));
        for (std::size_t i = 0; i < variables.size(); ++i) {
            insert(writer.get(), places[i], variables[i], row, is_stata);
        }
        check(readstat_end_row(writer.get()));
    }
    check(readstat_end_writing(writer.get()));
    write_file(file, content);
}

}  // namespace paraspinal

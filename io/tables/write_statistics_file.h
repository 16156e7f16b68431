// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace paraspinal {

enum class MeasurementScale : std::uint8_t { nominal, ordinal, scale };

/// A variable of SPSS or Stata with its values.
struct StatisticsVariable {
    std::string name;   ///< Any text; what the program cannot call a variable is changed.
    std::string label;  ///< For people.
    MeasurementScale scale = MeasurementScale::scale;
    /// Numbers are days from 1970-01-01, to be shown as dates.
    bool is_date = false;
    std::vector<std::pair<double, std::string>> value_labels;
    std::vector<std::optional<double>> numbers;  ///< One a row, or, of a text variable, none.
    std::vector<std::string> texts;              ///< One a row, or, of a number, none.
};

/// What SPSS and Stata call them: letters, digits and underscores, at most 32, no two alike.
std::vector<std::string> statistics_names(const std::vector<StatisticsVariable>& variables);

/// Writes SPSS (.sav) or Stata (.dta, version 118) data through ReadStat, as the ending of `file`
/// says; missing cells are system-missing. Names are statistics_names; the same input gives the
/// same bytes. Throws Error usage for another ending, invalid_value when ReadStat refuses the data,
/// and as write_file.
void write_statistics_file(const std::filesystem::path& file,
                           const std::vector<StatisticsVariable>& variables);

}  // namespace paraspinal

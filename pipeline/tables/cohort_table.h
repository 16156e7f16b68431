// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

enum class ColumnKind {
    empty,        ///< No value at all.
    yes_no,       ///< yes/no, y/n, true/false or 1/0 throughout.
    number,       ///< Numbers throughout.
    categorical,  ///< Anything else.
};

/// One column of a cohort, with the numbers where all its values are numbers or yes/no.
struct CohortColumn {
    std::string name;
    ColumnKind kind = ColumnKind::empty;
    std::vector<std::string> texts;              ///< One a patient; empty where missing.
    std::vector<std::optional<double>> numbers;  ///< The same as numbers; empty for categorical.
};

/// A cohort in memory: patient rows of a CSV file.
struct CohortTable {
    std::size_t patients = 0;
    std::vector<CohortColumn> columns;
};

/// Reads every column of `file` and finds out what it holds. Throws Error as CsvReader.
CohortTable read_cohort(const std::filesystem::path& file);

/// The column called `name` whatever its case; throws Error usage naming it when there is none.
const CohortColumn& cohort_column(const CohortTable& cohort, std::string_view name);

/// A yes/no column as 1 and 0. Throws Error usage unless it is one.
std::vector<std::optional<std::uint8_t>> outcome_of(const CohortTable& cohort,
                                                    std::string_view name);

/// What stands between the commas of a list that a user wrote, without blanks around; no empty
/// names.
std::vector<std::string> split_list(std::string_view text);

/// Whether a column is a name of patients or studies, which no table summarizes.
bool is_identifier(std::string_view column);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/columns/column_types.h"
#include "pipeline/tables/columns/table_reader.h"
#include "pipeline/tables/join_measurements.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// One column of a cohort, with the numbers where it holds numbers or yes/no.
struct CohortColumn {
    std::string name;    ///< As we call it.
    std::string header;  ///< As the file does.
    std::string label{};
    std::string unit{};
    ColumnKind kind = ColumnKind::empty;
    bool is_asked = false;               ///< Its kind is a guess that the user must confirm.
    bool is_measured = false;            ///< It was joined from measurements.csv.
    std::vector<std::string> classes{};  ///< In the order that the user gave; else empty.
    std::vector<std::string> missing{};  ///< Codes that the user gave.
    /// One a patient; empty where missing or unreadable. Of classes that differ in their case alone
    /// the spelling that comes first stands for all.
    std::vector<std::string> texts{};
    std::vector<std::optional<double>> numbers{};  ///< The same as numbers; empty for other kinds.
};

/// A cohort in memory: patient rows of a table.
struct CohortTable {
    std::size_t patients = 0;
    std::vector<CohortColumn> columns;
    std::vector<std::size_t> lines;  ///< Of the patients in the file.
    /// What the user must be told of how the table was understood, a sentence each: cells that
    /// cannot be read, words that were taken for missing, columns whose kind must be confirmed,
    /// columns left out that their names do not give away.
    std::vector<std::string> notes;
    /// Words that were taken for missing values, a text for each column: "crp 2 'n.a.'".
    std::vector<std::string> missing_words{};
    std::string unreadable{};  ///< The cells that cannot be read, as UnreadableCells::text.
    /// Who found no partner in each table that was joined, the measurements last.
    std::vector<JoinSummary> joins{};
};

/// How a cohort is read.
struct CohortReading {
    TableOptions table;
    std::filesystem::path types;  ///< As read_column_declarations; empty: none.
    /// Tables whose columns are put beside those of the first, row by row, as join_tables does.
    std::vector<std::filesystem::path> further{};
    std::filesystem::path measurements;  ///< To be joined, as join_measurements; empty: none.
    std::string key;                     ///< By which, all of them; empty: each finds that.
};

/// Reads every column of `file`, joins further tables and measurements where there are any, and
/// decides what columns hold. Throws Error as TableReader, join_measurements and
/// read_column_declarations, and malformed_file when a declared column is not there.
CohortTable read_cohort(const std::filesystem::path& file, const CohortReading& reading = {});

/// The column called `name` by us or in the file, whatever its case; throws Error usage with the
/// nearest name when there is none.
const CohortColumn& cohort_column(const CohortTable& cohort, std::string_view name);

/// The same, of which a table may show what stands there. Throws Error usage for identifiers, dates
/// and free text as well.
const CohortColumn& shown_column(const CohortTable& cohort, std::string_view name);

/// A yes/no column as 1 and 0. Throws Error usage unless it is one.
std::vector<std::optional<std::uint8_t>> outcome_of(const CohortTable& cohort,
                                                    std::string_view name);

/// What stands between the commas of a list that a user wrote, without blanks around; no empty
/// names. A name with a comma in it stands in double quotes.
std::vector<std::string> split_list(std::string_view text);

}  // namespace paraspinal

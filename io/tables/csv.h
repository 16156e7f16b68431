// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/tables/text_encoding.h"

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// Columns that a table may have. A cohort has some tens, a spreadsheet at most 16,384; asking for
/// each by name takes time that grows with their square.
inline constexpr std::size_t kMostCsvColumns = 16384;

/// Reads a CSV file row by row; memory does not grow with the number of rows.
///
/// RFC 4180: quoted cells may hold separators, doubled quotes and line ends. Also understood: a
/// UTF-8 byte order mark; "\r\n", "\n" and "\r" line ends; semicolons or tabs instead of commas
/// (the commonest of them in the header line decides, or a line "sep=;" before it), in which case
/// numbers may have a decimal comma, as European spreadsheets write them. Blank lines and rows
/// whose cells are all empty are skipped. Files that are not UTF-8 are read as text_encoding has
/// it; assumed_encoding() tells what was found by trying.
///
/// The constructor and next() throw Error input_not_found, unreadable_file or malformed_file (no
/// header, two columns of one name or more than kMostCsvColumns, a quoted cell that never ends, a
/// row with more or fewer cells than the header, letters that its encoding does not have) with the
/// number of the line. Errors never quote cells: they may hold names of patients.
class CsvReader {
  public:
    explicit CsvReader(const std::filesystem::path& file);

    /// Names in the header, blanks around them removed.
    [[nodiscard]] const std::vector<std::string>& columns() const { return columns_; }
    /// Place of the column called `name` (ASCII case does not matter); nullopt when there is none.
    [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const;
    /// The same; throws Error malformed_file naming the column when there is none.
    [[nodiscard]] std::size_t required_column(std::string_view name) const;

    /// Goes to the next row; false at the end of the file.
    bool next();
    /// Line on which the current row begins, from 1 (the header's).
    [[nodiscard]] std::size_t line() const { return row_line_; }
    /// Text of a cell of the current row, quotes undone; valid until next().
    [[nodiscard]] std::string_view cell(std::size_t column) const;
    /// A cell as a number; nullopt when it is missing, as is_missing_text has it. Throws Error
    /// malformed_file naming line and column when it is anything else.
    [[nodiscard]] std::optional<double> number(std::size_t column) const;
    /// Whether numbers may have a decimal comma.
    [[nodiscard]] bool has_decimal_comma() const { return separator_ != ','; }
    /// As assumed_encoding_name.
    [[nodiscard]] std::string_view assumed_encoding() const {
        return assumed_encoding_name(encoding_);
    }

    /// "line 7, column age_years", for messages about the current row.
    [[nodiscard]] std::string place(std::size_t column) const;

  private:
    int get();
    int peek();
    bool read_row();
    void read_line();
    bool ends_line(int letter);
    void read_quoted();
    void end_cell();
    void detect_separator();
    bool read_separator_line();

    TextEncoding encoding_;
    Utf8Text text_;
    std::ifstream stream_;
    std::string block_;         // Read ahead, as UTF-8.
    std::size_t position_ = 0;  // In block_.
    char separator_ = ',';
    std::string row_;                // Text of all cells of the row.
    std::vector<std::size_t> ends_;  // Where each cell ends in row_.
    std::vector<std::string> columns_;
    std::size_t line_ = 1;
    std::size_t row_line_ = 1;
};

}  // namespace paraspinal

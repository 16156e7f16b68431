// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// How a table is to be read.
struct TableOptions {
    std::string sheet;          ///< Of a workbook, by name or place from 1; empty: the first.
    std::filesystem::path map;  ///< As read_column_map; empty: none.
};

/// Where rows come from, whatever the kind of file.
class RowSource;

/// Reads a table of patients row by row: CSV (io/tables/csv.h; memory does not grow with its rows,
/// save where numbers may have decimal commas: decimal_marks), an Excel workbook (.xlsx, .xlsm;
/// io/tables/read_xlsx.h), SPSS (.sav, .zsav) or Stata (.dta; io/tables/read_statistics_file.h).
/// The ending of the name decides; a .zip is a workbook whatever it is called. Columns have our
/// names, as named_columns finds them.
///
/// The constructor and next() throw as the readers of the kinds and as named_columns.
class TableReader {
  public:
    explicit TableReader(const std::filesystem::path& file, const TableOptions& options = {});
    TableReader(TableReader&&) noexcept;
    TableReader& operator=(TableReader&&) noexcept;
    TableReader(const TableReader&) = delete;
    TableReader& operator=(const TableReader&) = delete;
    ~TableReader();

    /// Our names of the columns; their own where we have none.
    [[nodiscard]] const std::vector<std::string>& columns() const { return columns_; }
    /// Their own names.
    [[nodiscard]] const std::vector<std::string>& headers() const { return headers_; }
    /// Place of the column that is called `name` by us or in the file, or means the same.
    [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const;
    /// The same; throws Error malformed_file with the nearest name when there is none.
    [[nodiscard]] std::size_t required_column(std::string_view name) const;

    /// Goes to the next row; false at the end.
    bool next();
    /// Line of a CSV, row of a sheet or case of a statistics program, from 1.
    [[nodiscard]] std::size_t line() const;
    /// Valid until next().
    [[nodiscard]] std::string_view cell(std::size_t column) const;
    /// nullopt when the cell is missing (is_missing_text) or does not spell a number beyond doubt.
    [[nodiscard]] std::optional<double> number(std::size_t column) const;
    /// As CsvReader; empty for workbooks.
    [[nodiscard]] std::string_view assumed_encoding() const;

  private:
    std::unique_ptr<RowSource> source_;
    std::vector<std::string> headers_;
    std::vector<std::string> columns_;
};

/// Place of the column called `name` among `columns`, or `headers`, or that means the same.
std::optional<std::size_t> column_among(std::string_view name,
                                        const std::vector<std::string>& columns,
                                        const std::vector<std::string>& headers);

/// Cells of a table that do not hold what their column does.
class UnreadableCells {
  public:
    /// `text` is quoted only as shown_cell allows; `what` is said of it, as no_number_text.
    void add(std::size_t line,
             std::string_view column,
             std::string_view text,
             std::string_view what);
    [[nodiscard]] std::size_t count() const { return count_; }
    /// "3 cells cannot be read: line 4, column crp: '<0.6' is no number; ...": all of them, up to
    /// 200.
    [[nodiscard]] std::string text() const;
    /// The same without the words before the colon.
    [[nodiscard]] std::string places() const;
    /// Throws Error malformed_file with text() when there is any.
    void refuse() const;

  private:
    std::size_t count_ = 0;
    std::vector<std::string> places_;
};

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/columns/column_types.h"
#include "pipeline/tables/columns/table_reader.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// A column as it was read, before anybody decided what it holds.
struct RawColumn {
    std::string name;    ///< As we call it.
    std::string header;  ///< As the file does.
    std::vector<ColumnCell> cells;
    bool is_measured = false;  ///< It was joined from measurements.csv.
};

/// A whole table in memory.
struct RawTable {
    std::vector<RawColumn> columns;
    std::vector<std::size_t> lines;  ///< Of the rows in the file.
    std::string assumed_encoding{};  ///< As TableReader; of one of its files.
};

/// What a cell is in a table whose separator is a comma: numbers with a point; nothing where it may
/// have separators of thousands, for there "1.101" would be a number; else its text.
std::string plain_text(const ColumnCell& cell);

/// Throws as TableReader.
RawTable read_raw_table(const std::filesystem::path& file, const TableOptions& options);

/// Place of the column called `name` by us or in the file; nullopt when there is none.
std::optional<std::size_t> column_of(const RawTable& table, std::string_view name);

/// The text of a cell; empty where it says that it is missing, and without a column.
std::string text_at(const RawTable& table, std::optional<std::size_t> column, std::size_t row);

}  // namespace paraspinal

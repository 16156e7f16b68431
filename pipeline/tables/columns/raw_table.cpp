// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/columns/raw_table.h"

#include "core/text.h"
#include "io/tables/cell_text.h"

namespace paraspinal {

std::string plain_text(const ColumnCell& cell) {
    if (!cell.number) {
        return has_thousands(cell.text) ? std::string() : cell.text;
    }
    return cell.text.find(',') != std::string::npos ? shortest_text(*cell.number) : cell.text;
}

RawTable read_raw_table(const std::filesystem::path& file, const TableOptions& options) {
    TableReader reader(file, options);
    RawTable table{
        .columns = {}, .lines = {}, .assumed_encoding = std::string(reader.assumed_encoding())};
    for (std::size_t i = 0; i < reader.columns().size(); ++i) {
        table.columns.push_back(
            {.name = reader.columns()[i], .header = reader.headers()[i], .cells = {}});
    }
    while (reader.next()) {
        table.lines.push_back(reader.line());
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            table.columns[i].cells.push_back({.text = std::string(trimmed(reader.cell(i))),
                                              .number = reader.number(i),
                                              .line = reader.line()});
        }
    }
    return table;
}

std::optional<std::size_t> column_of(const RawTable& table, std::string_view name) {
    std::vector<std::string> names;
    std::vector<std::string> headers;
    for (const RawColumn& column : table.columns) {
        names.push_back(column.name);
        headers.push_back(column.header);
    }
    return column_among(name, names, headers);
}

std::string text_at(const RawTable& table, std::optional<std::size_t> column, std::size_t row) {
    if (!column) {
        return {};
    }
    const std::string& text = table.columns[*column].cells[row].text;
    return is_missing_text(text) ? std::string() : text;
}

}  // namespace paraspinal

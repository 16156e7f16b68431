// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/tables/read_xlsx.h"

#include "core/error.h"
#include "core/text.h"
#include "io/tables/csv.h"
#include "io/tables/xlsx_format_internal.h"
#include "io/tables/xlsx_parts_internal.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace paraspinal {
namespace {

constexpr std::size_t kMostColumns = kMostCsvColumns;
constexpr std::size_t kMostRows = 1'048'576;  // Of a sheet, as its programs allow.

[[noreturn]] void refuse(const std::string& what) {
    throw Error(ErrorCode::malformed_file, what);
}

std::string column_letters(std::size_t column) {
    constexpr std::size_t kLetters = 26;
    std::string letters;
    for (std::size_t rest = column + 1; rest > 0; rest = (rest - 1) / kLetters) {
        letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % kLetters));
    }
    return letters;
}

std::string address(std::size_t row, std::size_t column) {
    return column_letters(column) + std::to_string(row);
}

// "BC12" is column 54, from 0; nullopt for no address.
std::optional<std::size_t> column_of(std::string_view address) {
    std::size_t column = 0;
    for (const char letter : address) {
        if (letter < 'A' || letter > 'Z') {
            break;
        }
        column = column * 26 + static_cast<std::size_t>(letter - 'A') + 1;
        if (column > kMostColumns) {
            return std::nullopt;
        }
    }
    return column == 0 ? std::nullopt : std::optional(column - 1);
}

// A number as it means: never in the rounding with which it is displayed.
std::string number_text(const std::string& raw, const XlsxBook& book, std::size_t style) {
    constexpr double kExactWhole = 1e15;
    constexpr int kDecimals = 12;  // Beyond them 100 times a double is noise.
    std::optional<double> value = parse_number(raw);
    if (!value) {
        return raw;
    }
    const XlsxFormat format = style < book.formats.size() ? book.formats[style] : XlsxFormat{};
    if (format.kind == NumberFormat::date) {
        const std::string date = date_of_serial(*value, book.from_1904);
        return date.empty() ? raw : date;
    }
    if (format.kind == NumberFormat::percentage) {
        value = rounded(100 * *value, kDecimals);
    }
    const bool is_whole = *value == std::floor(*value) && std::abs(*value) < kExactWhole;
    std::string text = is_whole ? fixed_text(*value, 0) : shortest_text(*value);
    if (format.kind == NumberFormat::zeros && is_whole && text.size() < format.digits) {
        text.insert(0, format.digits - text.size(), '0');
    }
    return text;
}

std::string cell_text(const XlsxCell& cell, const XlsxBook& book, const std::string& where) {
    if (cell.type == "s") {
        const auto index = parse_integer(cell.value);
        if (!index || *index < 0 || static_cast<std::size_t>(*index) >= book.shared.size()) {
            refuse(where + ": refers to a text that is not in the workbook");
        }
        return book.shared[static_cast<std::size_t>(*index)];
    }
    if (cell.has_formula && cell.value.empty() && cell.type != "str") {
        refuse(where +
               ": is a formula whose result is not stored; open the file in a spreadsheet program "
               "and save it");
    }
    if (cell.type == "b") {
        return cell.value == "1" ? "TRUE" : "FALSE";
    }
    return cell.type.empty() || cell.type == "n" ? number_text(cell.value, book, cell.style)
                                                 : cell.value;
}

// The texts of a row up to its last cell that is not empty.
std::vector<std::string> row_texts(const XlsxRow& row, const XlsxBook& book) {
    std::vector<std::string> texts;
    std::size_t next = 0;
    for (const XlsxCell& cell : row.cells) {
        const std::optional<std::size_t> column =
            cell.address.empty() ? std::optional(next) : column_of(cell.address);
        if (!column || *column >= kMostColumns) {
            refuse("row " + std::to_string(row.number) + ": a cell has no place in a sheet");
        }
        next = *column + 1;
        std::string text(trimmed(cell_text(cell, book, address(row.number, *column))));
        if (!text.empty()) {
            texts.resize(std::max(texts.size(), *column + 1));
            texts[*column] = std::move(text);
        }
    }
    return texts;
}

void check_header(const std::vector<std::string>& columns, std::size_t row) {
    std::set<std::string> names;
    for (const std::string& name : columns) {
        if (!name.empty() && !names.insert(lower_case(name)).second) {
            refuse("row " + std::to_string(row) + ": two columns are called " + name);
        }
    }
}

}  // namespace

TableRows read_xlsx(const std::filesystem::path& file, std::string_view sheet) {
    const XlsxBook book = open_xlsx(file, sheet);
    TableRows table;
    std::size_t header_row = 0;
    for_each_xlsx_row(book, [&](const XlsxRow& row) {
        if (row.number == 0 || row.number > kMostRows) {
            refuse("a row has no place in a sheet");
        }
        std::vector<std::string> texts = row_texts(row, book);
        if (texts.empty()) {
            return;
        }
        if (table.columns.empty()) {
            check_header(texts, row.number);
            header_row = row.number;
            table.columns = std::move(texts);
            return;
        }
        for (std::size_t i = 0; i < texts.size(); ++i) {
            if (!texts[i].empty() && (i >= table.columns.size() || table.columns[i].empty())) {
                refuse("cell " + address(row.number, i) +
                       " stands in a column without a name: row " + std::to_string(header_row) +
                       ", the first that is not empty, must hold the names of all columns, and "
                       "nothing may stand beside or above the table");
            }
        }
        if ((table.rows.size() + 1) * table.columns.size() > kMostTableCells) {
            refuse("the sheet has more than " + std::to_string(kMostTableCells) + " cells");
        }
        texts.resize(table.columns.size());
        table.rows.push_back(std::move(texts));
        table.numbers.push_back(row.number);
    });
    if (table.columns.empty()) {
        refuse("the sheet is empty; name another with --sheet");
    }
    return table;
}

}  // namespace paraspinal

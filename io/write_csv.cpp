// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/write_csv.h"

#include "core/error.h"
#include "core/text.h"

#include <cstddef>
#include <string_view>

namespace paraspinal {
namespace {

bool looks_like_formula(std::string_view cell) {
    constexpr std::string_view kFormulaStarts = "=+-@\t\r";
    return !cell.empty() && kFormulaStarts.find(cell.front()) != std::string_view::npos &&
           !parse_number(cell);
}

void append_cell(std::string& text, std::string_view cell) {
    const std::string_view guard = looks_like_formula(cell) ? "'" : "";
    if (cell.find_first_of(",\"\r\n") == std::string_view::npos) {
        text.append(guard).append(cell);
        return;
    }
    text.append("\"").append(guard);
    for (const char letter : cell) {
        text.append(letter == '"' ? 2 : 1, letter);
    }
    text.append("\"");
}

}  // namespace

void append_csv_row(std::string& text, const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        text.append(i == 0 ? "" : ",");
        append_cell(text, cells[i]);
    }
    text.append("\n");
}

std::string csv_text(const std::vector<std::string>& columns,
                     const std::vector<std::vector<std::string>>& rows) {
    std::string text;
    append_csv_row(text, columns);
    for (const std::vector<std::string>& row : rows) {
        if (row.size() != columns.size()) {
            throw Error(ErrorCode::internal,
                        "a CSV row has " + std::to_string(row.size()) + " cells for " +
                            std::to_string(columns.size()) + " columns");
        }
        append_csv_row(text, row);
    }
    return text;
}

}  // namespace paraspinal

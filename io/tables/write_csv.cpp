// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/tables/write_csv.h"

#include "core/error.h"
#include "core/text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace paraspinal {
namespace {

// What spreadsheet programs take for the start of a formula, full-width forms included.
bool starts_formula(std::string_view text) {
    constexpr std::array<std::string_view, 8> kStarts{
        "=", "+", "-", "@", "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"};
    return std::ranges::any_of(kStarts,
                               [text](std::string_view start) { return text.starts_with(start); });
}

// Where the program takes one of these for the separator, another cell begins behind it.
bool may_end_cell(char letter) {
    constexpr std::string_view kSeparators = ";\t\r\n";
    return kSeparators.find(letter) != std::string_view::npos;
}

// The bytes of the control character that `text` begins with, U+0080 to U+009F included; else 0.
std::size_t control_bytes(std::string_view text) {
    constexpr char kDelete = 0x7f;
    constexpr std::string_view kFirstC1 = "\xc2\x80";
    constexpr std::string_view kLastC1 = "\xc2\x9f";
    const char letter = text.front();
    if ((letter >= 0 && letter < ' ' && !may_end_cell(letter)) || letter == kDelete) {
        return 1;
    }
    const std::string_view pair = text.substr(0, kFirstC1.size());
    return pair >= kFirstC1 && pair <= kLastC1 ? pair.size() : 0;
}

// `cell` with an apostrophe before each formula, and without control characters.
std::string disarmed(std::string_view cell) {
    std::string safe;
    bool begins_cell = true;
    for (std::size_t i = 0; i < cell.size();) {
        if (begins_cell) {
            const std::size_t content = std::min(cell.find_first_not_of(" \t\r\n", i), cell.size());
            const bool is_guarded = starts_formula(cell.substr(content)) ||
                                    (i == 0 && (cell[0] == '\t' || cell[0] == '\r'));
            safe.append(is_guarded ? "'" : "").append(cell.substr(i, content - i));
            i = content;
            begins_cell = false;
            continue;
        }
        const std::size_t control = control_bytes(cell.substr(i));
        safe += control > 0 ? '?' : cell[i];
        begins_cell = may_end_cell(cell[i]);
        i += std::max<std::size_t>(control, 1);
    }
    return safe;
}

void append_cell(std::string& text, std::string_view cell) {
    const std::string safe = parse_number(cell) ? std::string(cell) : disarmed(cell);
    if (safe.find_first_of(",\"\r\n") == std::string::npos) {
        text.append(safe);
        return;
    }
    text.append("\"");
    for (const char letter : safe) {
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

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/export/column_dictionary.h"

#include "core/text.h"
#include "io/tables/write_csv.h"

#include <algorithm>
#include <array>
#include <regex>
#include <sstream>
#include <string_view>

// NOLINTBEGIN(*-avoid-c-arrays): symbols of the embedded file (CMakeLists.txt).
extern "C" const char paraspinal_columns_page[];
extern "C" const char paraspinal_columns_page_end[];
// NOLINTEND(*-avoid-c-arrays)

namespace paraspinal {
namespace {

// Markdown's marks for code and links, which a table has no use for.
std::string plain(std::string_view cell) {
    static const std::regex link(R"(\[([^\]]*)\]\([^)]*\))");
    std::string text = std::regex_replace(std::string(trimmed(cell)), link, "$1");
    std::erase(text, '`');
    return text;
}

// "| a | b |" to {"a", "b"}.
std::vector<std::string> cells_of(std::string_view line) {
    std::vector<std::string> cells;
    for (std::size_t start = 1; start < line.size();) {
        const std::size_t end = std::min(line.find('|', start), line.size());
        cells.push_back(plain(line.substr(start, end - start)));
        start = end + 1;
    }
    return cells;
}

std::string source_of(const std::string& meaning) {
    static const std::regex tag(R"(\([0-9A-F]{4},[0-9A-F]{4}\))");
    std::smatch found;
    return std::regex_search(meaning, found, tag) ? "DICOM " + found.str() : "paraspinal";
}

}  // namespace

bool is_number(const ColumnMeaning& column) {
    constexpr std::array<std::string_view, 10> kUnits{"cm²",
                                                      "%",
                                                      "mm",
                                                      "degrees",
                                                      "years",
                                                      "0 to 1",
                                                      "0 to 100",
                                                      "none",
                                                      "number",
                                                      "unit of the image"};
    return std::ranges::find(kUnits, column.unit) != kUnits.end();
}

std::vector<std::string> classes_of(const ColumnMeaning& column) {
    std::vector<std::string> words;
    for (const std::string& part : split(column.unit, ',')) {
        words.emplace_back(trimmed(part));
    }
    const bool are_words = std::ranges::all_of(words, [](const std::string& word) {
        return std::ranges::all_of(word, [](char one) {
            return (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') || one == '_';
        });
    });
    return are_words && words.size() > 1 ? words : std::vector<std::string>();
}

std::vector<ColumnMeaning> column_dictionary() {
    constexpr std::string_view kHeading = "## ";
    constexpr std::size_t kCells = 5;  // Column, unit, decimals, meaning, empty when.
    std::istringstream page(
        std::string(&paraspinal_columns_page[0], &paraspinal_columns_page_end[0]));
    std::vector<ColumnMeaning> columns;
    std::string table;
    for (std::string line; std::getline(page, line);) {
        if (line.starts_with(kHeading)) {
            table = line.substr(kHeading.size());
        }
        if (!line.starts_with("| `")) {
            continue;
        }
        const std::vector<std::string> cells = cells_of(trimmed(line));
        if (cells.size() == kCells) {
            columns.push_back({.table = table,
                               .name = cells[0],
                               .unit = cells[1],
                               .meaning = cells[3],
                               .source = source_of(cells[3]),
                               .empty_when = cells[4]});
        }
    }
    return columns;
}

std::string column_dictionary_csv() {
    std::vector<std::vector<std::string>> rows;
    for (const ColumnMeaning& column : column_dictionary()) {
        rows.push_back({column.table,
                        column.name,
                        column.unit,
                        column.meaning,
                        column.source,
                        column.empty_when});
    }
    return csv_text({"table", "name", "unit", "meaning", "source", "empty_when"}, rows);
}

}  // namespace paraspinal

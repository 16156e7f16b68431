// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/table_layout.h"

#include "core/text.h"
#include "pipeline/tables/wrap_text.h"

#include <algorithm>
#include <numeric>

namespace paraspinal {
namespace {

// A word that is wider gives way: it is a UID or a path.
constexpr std::size_t kWidestWord = 40;

bool is_number_like(std::string_view word) {
    return !word.empty() && word.find_first_of("0123456789") != std::string_view::npos &&
           word.find_first_not_of("0123456789.,-+<>=e") == std::string_view::npos;
}

// Whether no line may end between two words.
bool stay_together(const std::string& before, const std::string& after) {
    constexpr std::size_t kLongestBracket = 30;
    const auto opened = [&](char open, char close) {
        const std::size_t begin = before.rfind(open);
        return begin != std::string::npos && before.find(close, begin) == std::string::npos &&
               before.size() - begin + after.size() < kLongestBracket;
    };
    const std::string_view last = std::string_view(before).substr(
        before.rfind(' ') == std::string::npos ? 0 : before.rfind(' ') + 1);
    return opened('(', ')') || opened('[', ']') || before.ends_with("±") || after == "±" ||
           (after.starts_with("%") && is_number_like(last)) ||
           (after == "to" && is_number_like(last)) ||
           (last == "to" && before.size() > 2 && is_number_like(after));
}

struct ColumnWidths {
    std::vector<std::size_t> natural;   // Of the widest cell.
    std::vector<std::size_t> smallest;  // Without breaking a number.
};

ColumnWidths widths_of(const std::vector<std::vector<std::string>>& lines) {
    ColumnWidths widths{.natural = std::vector<std::size_t>(lines.front().size()),
                        .smallest = std::vector<std::size_t>(lines.front().size())};
    for (const std::vector<std::string>& cells : lines) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            widths.natural[i] = std::max(widths.natural[i], character_count(cells[i]));
            for (const std::string& piece : pieces_of(cells[i])) {
                widths.smallest[i] =
                    std::max(widths.smallest[i], std::min(character_count(piece), kWidestWord));
            }
        }
    }
    return widths;
}

std::size_t total(const std::vector<std::size_t>& widths) {
    return std::accumulate(widths.begin(), widths.end(), kColumnGap * (widths.size() - 1));
}

// Narrows the widest of the columns that are above their smallest width until a line fits.
void narrow(std::vector<std::size_t>& widths,
            const std::vector<std::size_t>& smallest,
            std::size_t width) {
    while (total(widths) > width) {
        std::size_t widest = widths.size();
        for (std::size_t i = 0; i < widths.size(); ++i) {
            if (widths[i] > smallest[i] &&
                (widest == widths.size() || widths[i] > widths[widest])) {
                widest = i;
            }
        }
        if (widest == widths.size()) {
            return;
        }
        --widths[widest];
    }
}

std::vector<std::size_t> picked(const std::vector<std::size_t>& values,
                                const std::vector<std::size_t>& places) {
    std::vector<std::size_t> some;
    for (const std::size_t place : places) {
        some.push_back(values[place]);
    }
    return some;
}

}  // namespace

std::vector<std::string> pieces_of(std::string_view text) {
    std::vector<std::string> pieces;
    for (const std::string& word : split(text, ' ')) {
        if (word.empty()) {
            continue;
        }
        if (!pieces.empty() && stay_together(pieces.back(), word)) {
            pieces.back() += " " + word;
        } else {
            pieces.push_back(word);
        }
    }
    return pieces;
}

std::vector<TableBlock> table_blocks(const std::vector<std::vector<std::string>>& lines,
                                     std::size_t width) {
    const ColumnWidths widths = widths_of(lines);
    std::vector<TableBlock> blocks(1);
    for (std::size_t column = 0; column < widths.natural.size(); ++column) {
        std::vector<std::size_t> tried = blocks.back().columns;
        tried.push_back(column);
        if (tried.size() > 2 && total(picked(widths.smallest, tried)) > width) {
            blocks.push_back({.columns = {0, column}, .widths = {}});
        } else {
            blocks.back().columns = tried;
        }
    }
    for (TableBlock& block : blocks) {
        block.widths = picked(widths.natural, block.columns);
        narrow(block.widths, picked(widths.smallest, block.columns), width);
    }
    return blocks;
}

std::vector<std::string> cell_lines(std::string_view text, std::size_t width) {
    std::vector<std::string> lines;
    for (const std::string& piece : pieces_of(text)) {
        if (!lines.empty() && character_count(lines.back()) + 1 + character_count(piece) <= width) {
            lines.back() += " " + piece;
            continue;
        }
        // Also what may be in a name: control characters become "?" there.
        for (std::string& part : wrapped_lines(piece, [width](std::string_view line) {
                 return character_count(line) <= width;
             })) {
            lines.push_back(std::move(part));
        }
    }
    if (lines.empty()) {
        lines.emplace_back();
    }
    return lines;
}

}  // namespace paraspinal

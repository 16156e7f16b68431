// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// Columns of a table that stand beside each other, and how many characters wide.
struct TableBlock {
    std::vector<std::size_t> columns;
    std::vector<std::size_t> widths;
};

/// Blanks between two columns of a terminal.
inline constexpr std::size_t kColumnGap = 2;

/// Lays the columns of `lines` (header first, rows of as many cells) out in `width` characters:
/// beside each other where they fit when no number is broken, else in several blocks of which each
/// begins with the first column.
std::vector<TableBlock> table_blocks(const std::vector<std::vector<std::string>>& lines,
                                     std::size_t width);

/// `text` cut at the blanks at which a line may end: what is one stays one, as below.
std::vector<std::string> pieces_of(std::string_view text);

/// `text` in lines of at most `width` characters. It breaks between words, but never within what is
/// one: "75.64 ± 8.01", "[1.05, 1.85]", "(20.3 %)", "2 to 9"; where one word alone is wider, within
/// it. At least one line.
std::vector<std::string> cell_lines(std::string_view text, std::size_t width);

}  // namespace paraspinal

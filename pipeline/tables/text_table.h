// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/wrap_text.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// `label` followed by `text`, broken at blanks into lines of 80 characters whose further lines are
/// indented by the length of the label. Ends with a line end.
std::string hanging_paragraph(std::string_view label, std::string_view text);

/// `text` filled up with blanks to `width` characters.
std::string padded(std::string text, std::size_t width);

/// A table of texts: a header line, then rows of as many cells.
struct TextTable {
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> notes;  ///< What stands below it, a paragraph each; not in CSV.
};

/// For a terminal of `width` columns: blanks between columns, as wide as their widest cell. Where
/// lines would be longer, cells are broken between words, no number is; where that is not enough,
/// the table is shown in several parts, each with its first column.
std::string terminal_text(const TextTable& table, std::size_t width = kTerminalWidth);

/// As a Markdown table, bars escaped.
std::string markdown_text(const TextTable& table);

/// As an HTML table with its notes below, for a page of several.
std::string html_table(const TextTable& table);

/// A complete HTML document of `body`, which is HTML, under `title` as its heading.
std::string html_page(std::string_view body, std::string_view title);

/// `table` as a complete HTML document with `title`.
std::string html_text(const TextTable& table, std::string_view title);

/// As a table of LaTeX's booktabs, with `title` as its caption.
std::string latex_text(const TextTable& table, std::string_view title);

/// `table` as "text", "csv", "markdown", "html" or "latex"; throws Error usage for other formats.
std::string formatted(const TextTable& table, const std::string& format, std::string_view title);

}  // namespace paraspinal

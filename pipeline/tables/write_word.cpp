// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/write_word.h"

#include "core/text.h"
#include "io/write_through.h"
#include "pipeline/tables/wrap_text.h"
#include "pipeline/tables/xml_text.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

namespace paraspinal {
namespace {

std::string with_minus(const std::string& text) {
    std::string typed;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool is_sign = text[i] == '-' && i + 1 < text.size() && text[i + 1] >= '0' &&
                             text[i + 1] <= '9' &&
                             (i == 0 || text[i - 1] == ' ' || text[i - 1] == '[');
        typed += is_sign ? "\u2212" : std::string(1, text[i]);
    }
    return typed;
}

// Lines break at hyphens, too.
std::size_t longest_word(std::string text) {
    std::ranges::replace(text, '-', ' ');
    std::size_t longest = 0;
    for (const std::string& word : split(text, ' ')) {
        longest = std::max(longest, character_count(word));
    }
    return longest;
}

// Shares of the page: room for the longest word, so that none is broken; what is left by the root
// of the longest cell, so that no column starves another.
std::string columns_html(const TextTable& table) {
    // Characters of pandoc's body text on a line, in the widest font that LibreOffice puts for it.
    constexpr double kPage = 60;
    constexpr double kMargin = 3;  // Of a cell.
    std::vector<double> words;
    std::vector<double> roots;
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
        std::size_t word = longest_word(table.columns[column]);
        std::size_t cell = character_count(table.columns[column]);
        for (const std::vector<std::string>& row : table.rows) {
            word = std::max(word, longest_word(row[column]));
            cell = std::max(cell, character_count(row[column]));
        }
        words.push_back(static_cast<double>(word) + kMargin);
        roots.push_back(std::sqrt(static_cast<double>(cell)));
    }
    const double needed = std::accumulate(words.begin(), words.end(), 0.0);
    const double left = std::max(0.0, kPage - needed);
    const double all_roots = std::accumulate(roots.begin(), roots.end(), 0.0);
    std::string html = "<colgroup>";
    for (std::size_t column = 0; column < words.size(); ++column) {
        constexpr double kPercent = 100;
        const double wide = words[column] + left * roots[column] / all_roots;
        html += "<col style=\"width:" + fixed_text(kPercent * wide / (needed + left), 1) + "%\">";
    }
    return html + "</colgroup>\n";
}

}  // namespace

void write_word(const std::filesystem::path& file, const TextTable& table, std::string_view title) {
    TextTable typed = table;
    for (std::vector<std::string>& row : typed.rows) {
        std::ranges::transform(row, row.begin(), with_minus);
    }
    std::string html = html_table(typed);
    constexpr std::string_view kBegin = "<table>\n";
    html.insert(html.find(kBegin) + kBegin.size(), columns_html(typed));
    write_through({.program = "pandoc",
                   .package = "pandoc",
                   .purpose = "Word documents",
                   .reads = ".html",
                   .options = {"--from", "html", "--to", "docx"}},
                  file,
                  "<h1>" + xml_text(title) + "</h1>\n" + html);
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/write_word.h"

#include "core/text.h"
#include "io/write_through.h"
#include "pipeline/tables/wrap_text.h"
#include "pipeline/tables/xml_text.h"

#include <algorithm>
#include <cmath>
#include <numeric>

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

// Shares of the page: the root of the longest cell, so that no column starves another.
std::string columns_html(const TextTable& table) {
    std::vector<double> weights;
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
        std::size_t longest = character_count(table.columns[column]);
        for (const std::vector<std::string>& row : table.rows) {
            longest = std::max(longest, character_count(row[column]));
        }
        constexpr std::size_t kShortest = 10;
        weights.push_back(std::sqrt(static_cast<double>(std::max(longest, kShortest))));
    }
    const double all = std::accumulate(weights.begin(), weights.end(), 0.0);
    std::string html = "<colgroup>";
    for (const double weight : weights) {
        constexpr double kPercent = 100;
        html += "<col style=\"width:" + fixed_text(kPercent * weight / all, 1) + "%\">";
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

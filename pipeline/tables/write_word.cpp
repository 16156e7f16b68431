// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/write_word.h"

#include "core/text.h"
#include "io/output_file.h"
#include "io/tables/zip_archive.h"
#include "io/write_through.h"
#include "pipeline/tables/table_layout.h"
#include "pipeline/tables/wrap_text.h"
#include "pipeline/tables/xml_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <string_view>
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

// With minus signs, and blanks at which no line may end.
std::string typeset(const std::string& text) {
    std::vector<std::string> pieces = pieces_of(text);
    for (std::string& piece : pieces) {
        piece = joined(split(with_minus(piece), ' '), "\u00a0");
    }
    return joined(pieces, " ");
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

// A4 with margins of 2 cm, and the size of its letters.
struct Page {
    bool is_landscape = false;
    int half_points = 18;
};
constexpr int kShortTwips = 11906;
constexpr int kLongTwips = 16838;
constexpr int kMarginTwips = 1134;

// Letters on a line. Where Arial is not there, others stand in for it: "Hemoglobin" takes 0.60 of
// the size a letter in DejaVu Sans, the widest of them, and 0.53 in Arial.
double letters_on(const Page& page) {
    constexpr double kLetter = 0.65;
    constexpr double kTwipsPerHalfPoint = 10;
    const double line_twips = (page.is_landscape ? kLongTwips : kShortTwips) - 2.0 * kMarginTwips;
    return line_twips / (kLetter * kTwipsPerHalfPoint * page.half_points);
}

struct ColumnNeeds {
    std::vector<double> words;  // Letters of the longest word, with the margins of a cell.
    std::vector<double> roots;  // Of the letters of the longest cell.

    [[nodiscard]] double needed() const { return std::accumulate(words.begin(), words.end(), 0.0); }
};

ColumnNeeds needs_of(const TextTable& table) {
    constexpr double kCellMargins = 3;
    ColumnNeeds needs;
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
        std::size_t word = longest_word(table.columns[column]);
        std::size_t cell = character_count(table.columns[column]);
        for (const std::vector<std::string>& row : table.rows) {
            word = std::max(word, longest_word(row[column]));
            cell = std::max(cell, character_count(row[column]));
        }
        needs.words.push_back(static_cast<double>(word) + kCellMargins);
        needs.roots.push_back(std::sqrt(static_cast<double>(cell)));
    }
    return needs;
}

// The first that has room for every longest word, or the one with most.
Page page_for(const ColumnNeeds& needs) {
    constexpr std::array kPages{Page{.is_landscape = false, .half_points = 20},
                                Page{.is_landscape = false, .half_points = 18},
                                Page{.is_landscape = true, .half_points = 18},
                                Page{.is_landscape = true, .half_points = 14}};
    const auto* const found = std::ranges::find_if(
        kPages, [&](const Page& page) { return letters_on(page) >= needs.needed(); });
    return found == kPages.end() ? kPages.back() : *found;
}

// Shares of the page: room for the longest word, so that none is broken; what is left by the root
// of the longest cell, so that no column starves another.
std::string columns_html(const ColumnNeeds& needs, const Page& page) {
    const double left = std::max(0.0, letters_on(page) - needs.needed());
    const double all_roots = std::accumulate(needs.roots.begin(), needs.roots.end(), 0.0);
    std::string html = "<colgroup>";
    for (std::size_t column = 0; column < needs.words.size(); ++column) {
        constexpr double kPercent = 100;
        const double wide = needs.words[column] + left * needs.roots[column] / all_roots;
        html += "<col style=\"width:" + fixed_text(kPercent * wide / (needs.needed() + left), 1) +
                "%\">";
    }
    return html + "</colgroup>\n";
}

// What stands between `begin` and `end`, each time or the first time.
void replace_between(std::string& text,
                     std::string_view begin,
                     std::string_view end,
                     std::string_view content,
                     bool is_once) {
    for (std::size_t at = text.find(begin); at != std::string::npos; at = text.find(begin, at)) {
        at += begin.size();
        const std::size_t until = text.find(end, at);
        if (until == std::string::npos) {
            return;
        }
        text.replace(at, until - at, content);
        if (is_once) {
            return;
        }
    }
}

std::string section_xml(const Page& page) {
    const int wide = page.is_landscape ? kLongTwips : kShortTwips;
    const int high = page.is_landscape ? kShortTwips : kLongTwips;
    const std::string margin = std::to_string(kMarginTwips);
    std::string margins;
    for (const std::string side : {"top", "right", "bottom", "left"}) {
        margins += " w:" + side + "=\"" + margin + "\"";
    }
    return "<w:sectPr><w:pgSz w:w=\"" + std::to_string(wide) + "\" w:h=\"" + std::to_string(high) +
           "\"" + (page.is_landscape ? " w:orient=\"landscape\"" : "") + "/><w:pgMar" + margins +
           " w:header=\"708\" w:footer=\"708\" w:gutter=\"0\"/></w:sectPr></w:body>";
}

// pandoc has no option for page and letters but a document that has them.
void lay_out(const std::filesystem::path& file, const Page& page) {
    constexpr ZipLimits kLimits{.entries = 100, .entry_bytes = std::size_t{64} << 20U};
    std::vector<ZipEntry> parts = read_zip(file, kLimits);
    for (ZipEntry& part : parts) {
        std::string& xml = part.content;
        if (part.name == "word/theme/theme1.xml") {
            replace_between(xml, "<a:latin typeface=\"", "\"", "Arial", false);
        } else if (part.name == "word/styles.xml") {
            const std::string size = std::to_string(page.half_points);
            replace_between(xml, "<w:sz w:val=\"", "\"", size, true);  // That of all defaults.
        } else if (part.name == "word/document.xml") {
            const std::size_t section = xml.rfind("<w:sectPr");
            const std::size_t end = xml.rfind("</w:body>");
            if (section < end && end != std::string::npos) {
                xml.replace(section,
                            end + std::string_view("</w:body>").size() - section,
                            section_xml(page));
            }
        }
    }
    write_file(file, zip_of(parts));
}

}  // namespace

void write_word(const std::filesystem::path& file, const TextTable& table, std::string_view title) {
    TextTable typed = table;
    std::ranges::transform(typed.columns, typed.columns.begin(), typeset);
    for (std::vector<std::string>& row : typed.rows) {
        std::ranges::transform(row, row.begin(), typeset);
    }
    std::string html = html_table(typed);
    constexpr std::string_view kBegin = "<table>\n";
    const ColumnNeeds needs = needs_of(typed);
    const Page page = page_for(needs);
    html.insert(html.find(kBegin) + kBegin.size(), columns_html(needs, page));
    write_through({.program = "pandoc",
                   .package = "pandoc",
                   .purpose = "Word documents",
                   .reads = ".html",
                   .options = {"--from", "html", "--to", "docx"}},
                  file,
                  "<h1>" + xml_text(title) + "</h1>\n" + html);
    lay_out(file, page);
}

}  // namespace paraspinal

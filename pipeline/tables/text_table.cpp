// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/text_table.h"

#include "core/error.h"
#include "io/write_csv.h"
#include "pipeline/tables/wrap_text.h"
#include "pipeline/tables/xml_text.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace paraspinal {
namespace {

constexpr std::size_t kGap = 2;
constexpr std::size_t kNarrowest = 8;

std::vector<std::string> broken(std::string_view text, std::size_t width) {
    std::vector<std::string> lines = wrapped_lines(
        text, [width](std::string_view line) { return character_count(line) <= width; });
    if (lines.empty()) {
        lines.emplace_back();
    }
    return lines;
}

std::size_t longest_word(const std::string& text) {
    std::size_t longest = 0;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        longest =
            std::max(longest, character_count(std::string_view(text).substr(begin, end - begin)));
        begin = end + 1;
    }
    return longest;
}

// Narrows the widest of the columns that are above their floor until a line fits or none is left.
void narrow(std::vector<std::size_t>& widths, const std::vector<std::size_t>& floors) {
    const auto total = [&] {
        return std::accumulate(widths.begin(), widths.end(), kGap * (widths.size() - 1));
    };
    while (total() > kTerminalWidth) {
        std::size_t widest = widths.size();
        for (std::size_t i = 0; i < widths.size(); ++i) {
            if (widths[i] > floors[i] && (widest == widths.size() || widths[i] > widths[widest])) {
                widest = i;
            }
        }
        if (widest == widths.size()) {
            return;
        }
        --widths[widest];
    }
}

// Widths of the columns: lines are broken between words where that is enough, else within words.
std::vector<std::size_t> widths_of(const TextTable& table) {
    std::vector<std::size_t> widths(table.columns.size());
    std::vector<std::size_t> words(table.columns.size());
    const auto widen = [&](const std::vector<std::string>& cells) {
        for (std::size_t i = 0; i < widths.size(); ++i) {
            widths[i] = std::max(widths[i], character_count(cells[i]));
            words[i] = std::max(words[i], longest_word(cells[i]));
        }
    };
    widen(table.columns);
    std::ranges::for_each(table.rows, widen);
    narrow(widths, words);
    narrow(widths, std::vector<std::size_t>(widths.size(), kNarrowest));
    return widths;
}

void append_line(std::string& text,
                 const std::vector<std::string>& cells,
                 const std::vector<std::size_t>& widths) {
    std::vector<std::vector<std::string>> broken_cells;
    std::size_t height = 1;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        broken_cells.push_back(broken(cells[i], widths[i]));
        height = std::max(height, broken_cells.back().size());
    }
    for (std::size_t k = 0; k < height; ++k) {
        std::string line;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const std::string part = k < broken_cells[i].size() ? broken_cells[i][k] : "";
            line += padded(part, widths[i] + kGap);
        }
        text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }
}

std::string replaced(const std::string& text, char letter, std::string_view by) {
    std::string result;
    for (const char one : text) {
        if (one == letter) {
            result += by;
        } else {
            result += one;
        }
    }
    return result;
}

// Markdown passes HTML through. Quotes stay as they are, since the text is read as it stands too.
std::string markdown_cell(const std::string& text) {
    const std::string without_markup =
        replaced(replaced(replaced(text, '&', "&amp;"), '<', "&lt;"), '>', "&gt;");
    return replaced(without_markup, '|', "\\|");
}

}  // namespace

std::string padded(std::string text, std::size_t width) {
    const std::size_t length = character_count(text);
    if (length < width) {
        text.append(width - length, ' ');
    }
    return text;
}

// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): in the order in which they are printed.
std::string hanging_paragraph(std::string_view label, std::string_view text) {
    const std::size_t indent = character_count(label);
    std::string paragraph;
    for (const std::string& line : broken(text, kTerminalWidth - indent)) {
        paragraph +=
            (paragraph.empty() ? std::string(label) : std::string(indent, ' ')) + line + "\n";
    }
    return paragraph;
}

std::string terminal_text(const TextTable& table) {
    const std::vector<std::size_t> widths = widths_of(table);
    std::string text;
    append_line(text, table.columns, widths);
    text += std::string(
                std::min(kTerminalWidth,
                         std::accumulate(widths.begin(), widths.end(), kGap * (widths.size() - 1))),
                '-') +
            "\n";
    for (const std::vector<std::string>& row : table.rows) {
        append_line(text, row, widths);
    }
    for (const std::string& note : table.notes) {
        text += (&note == &table.notes.front() ? "\n" : "") + hanging_paragraph("", note);
    }
    return text;
}

std::string markdown_text(const TextTable& table) {
    const auto line = [](const std::vector<std::string>& cells) {
        std::string text = "|";
        for (const std::string& cell : cells) {
            text += " " + markdown_cell(cell) + " |";
        }
        return text + "\n";
    };
    std::string text = line(table.columns);
    text += line(std::vector<std::string>(table.columns.size(), "---"));
    for (const std::vector<std::string>& row : table.rows) {
        text += line(row);
    }
    for (const std::string& note : table.notes) {
        text += "\n" + markdown_cell(note) + "\n";
    }
    return text;
}

std::string html_text(const TextTable& table, std::string_view title) {
    const auto line = [](const std::vector<std::string>& cells, const std::string& tag) {
        std::string text = "<tr>";
        for (const std::string& cell : cells) {
            text.append("<").append(tag).append(">").append(xml_text(cell));
            text.append("</").append(tag).append(">");
        }
        return text + "</tr>\n";
    };
    const std::string heading = xml_text(title);
    std::string text =
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>" + heading +
        "</title>\n<style>body{font-family:sans-serif;margin:2em}"
        "table{border-collapse:collapse;border-top:2px solid;border-bottom:2px solid}"
        "th{border-bottom:1px solid;text-align:left}td,th{padding:.25em .8em}"
        "</style></head>\n<body>\n<h1>" +
        heading + "</h1>\n<table>\n<thead>" + line(table.columns, "th") + "</thead>\n<tbody>\n";
    for (const std::vector<std::string>& row : table.rows) {
        text += line(row, "td");
    }
    text += "</tbody>\n</table>\n";
    for (const std::string& note : table.notes) {
        text.append("<p>").append(xml_text(note)).append("</p>\n");
    }
    return text + "</body>\n</html>\n";
}

std::string formatted(const TextTable& table, const std::string& format, std::string_view title) {
    if (format == "text") {
        return terminal_text(table);
    }
    if (format == "csv") {
        return csv_text(table.columns, table.rows);
    }
    if (format == "markdown") {
        return "# " + std::string(title) + "\n\n" + markdown_text(table);
    }
    if (format == "html") {
        return html_text(table, title);
    }
    throw Error(ErrorCode::usage, "there is no format " + format);
}

}  // namespace paraspinal

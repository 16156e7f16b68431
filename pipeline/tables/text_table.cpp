// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/text_table.h"

#include "core/error.h"
#include "io/tables/write_csv.h"
#include "pipeline/tables/table_layout.h"
#include "pipeline/tables/wrap_text.h"
#include "pipeline/tables/xml_text.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace paraspinal {
namespace {

std::vector<std::string> broken(std::string_view text, std::size_t width) {
    std::vector<std::string> lines = wrapped_lines(
        text, [width](std::string_view line) { return character_count(line) <= width; });
    if (lines.empty()) {
        lines.emplace_back();
    }
    return lines;
}

void append_line(std::string& text,
                 const std::vector<std::string>& cells,
                 const TableBlock& block) {
    std::vector<std::vector<std::string>> broken_cells;
    std::size_t height = 1;
    for (std::size_t i = 0; i < block.columns.size(); ++i) {
        broken_cells.push_back(cell_lines(cells[block.columns[i]], block.widths[i]));
        height = std::max(height, broken_cells.back().size());
    }
    for (std::size_t k = 0; k < height; ++k) {
        std::string line;
        for (std::size_t i = 0; i < block.columns.size(); ++i) {
            const std::string part = k < broken_cells[i].size() ? broken_cells[i][k] : "";
            line += padded(part, block.widths[i] + kColumnGap);
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

std::string latex_cell(std::string_view text) {
    std::string result;
    for (const char letter : text) {
        switch (letter) {
            case '&':
            case '%':
            case '$':
            case '#':
            case '_':
            case '{':
            case '}': result += std::string("\\") + letter; break;
            case '\\': result += "\\textbackslash{}"; break;
            case '~': result += "\\textasciitilde{}"; break;
            case '^': result += "\\textasciicircum{}"; break;
            case '<': result += "$<$"; break;
            case '>': result += "$>$"; break;
            default: result += letter;
        }
    }
    return result;
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

std::string terminal_text(const TextTable& table, std::size_t width) {
    std::vector<std::vector<std::string>> lines{table.columns};
    lines.insert(lines.end(), table.rows.begin(), table.rows.end());
    std::string text;
    for (const TableBlock& block : table_blocks(lines, width)) {
        text += text.empty() ? "" : "\n";
        append_line(text, table.columns, block);
        const std::size_t length = std::accumulate(
            block.widths.begin(), block.widths.end(), kColumnGap * (block.widths.size() - 1));
        text += std::string(std::min(width, length), '-') + "\n";
        for (const std::vector<std::string>& row : table.rows) {
            append_line(text, row, block);
        }
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

std::string html_table(const TextTable& table) {
    const auto line = [](const std::vector<std::string>& cells, const std::string& tag) {
        std::string text = "<tr>";
        for (const std::string& cell : cells) {
            text.append("<").append(tag).append(">").append(xml_text(cell));
            text.append("</").append(tag).append(">");
        }
        return text + "</tr>\n";
    };
    std::string text = "<table>\n<thead>" + line(table.columns, "th") + "</thead>\n<tbody>\n";
    for (const std::vector<std::string>& row : table.rows) {
        text += line(row, "td");
    }
    text += "</tbody>\n</table>\n";
    for (const std::string& note : table.notes) {
        text.append("<p>").append(xml_text(note)).append("</p>\n");
    }
    return text;
}

std::string html_page(std::string_view body, std::string_view title) {
    const std::string heading = xml_text(title);
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>" + heading +
           "</title>\n<style>body{font-family:sans-serif;margin:2em}"
           "table{border-collapse:collapse;border-top:2px solid;border-bottom:2px solid}"
           "th{border-bottom:1px solid;text-align:left}td,th{padding:.25em .8em}"
           "</style></head>\n<body>\n<h1>" +
           heading + "</h1>\n" + std::string(body) + "</body>\n</html>\n";
}

std::string html_text(const TextTable& table, std::string_view title) {
    return html_page(html_table(table), title);
}

std::string latex_text(const TextTable& table, std::string_view title) {
    const auto line = [](const std::vector<std::string>& cells) {
        std::string text;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            text += (i == 0 ? "" : " & ") + latex_cell(cells[i]);
        }
        return text + " \\\\\n";
    };
    std::string text =
        "% Needs \\usepackage{booktabs} and a Unicode font or inputenc.\n"
        "\\begin{table}\n\\caption{" +
        latex_cell(title) + "}\n\\begin{tabular}{" + std::string(table.columns.size(), 'l') +
        "}\n\\toprule\n" + line(table.columns) + "\\midrule\n";
    for (const std::vector<std::string>& row : table.rows) {
        text += line(row);
    }
    text += "\\bottomrule\n\\end{tabular}\n";
    for (const std::string& note : table.notes) {
        text += "\n\\footnotesize " + latex_cell(note) + "\n";
    }
    return text + "\\end{table}\n";
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
    if (format == "latex") {
        return latex_text(table, title);
    }
    throw Error(ErrorCode::usage, "there is no format " + format);
}

}  // namespace paraspinal

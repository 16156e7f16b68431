// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/tables/write_xlsx.h"

#include "core/error.h"
#include "io/output_file.h"

#include <algorithm>
#include <cmath>
#include <xlsxwriter.h>

namespace paraspinal {
namespace {

constexpr double kWidestColumn = 60;

void require(lxw_error error, const std::filesystem::path& file) {
    if (error != LXW_NO_ERROR) {
        throw Error(ErrorCode::output_not_writable,
                    "cannot write '" + file.string() + "': " + lxw_strerror(error));
    }
}

// In UTF-8 every byte but the first of a character is 10xxxxxx.
std::size_t characters(const std::string& text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

double width_of(const XlsxTable& table, std::size_t column) {
    constexpr double kPadding = 2;
    std::size_t longest = characters(table.columns[column]);
    for (const std::vector<std::string>& row : table.rows) {
        longest = std::max(longest, characters(row[column]));
    }
    return std::min(kWidestColumn, static_cast<double>(longest) + kPadding);
}

struct Formats {
    lxw_format* title = nullptr;
    lxw_format* header = nullptr;
    lxw_format* last = nullptr;  // Of the last row of the table.
    lxw_format* note = nullptr;
};

Formats formats_of(lxw_workbook* book) {
    Formats formats{.title = workbook_add_format(book),
                    .header = workbook_add_format(book),
                    .last = workbook_add_format(book),
                    .note = workbook_add_format(book)};
    format_set_bold(formats.title);
    format_set_bold(formats.header);
    format_set_top(formats.header, LXW_BORDER_MEDIUM);
    format_set_bottom(formats.header, LXW_BORDER_THIN);
    format_set_bottom(formats.last, LXW_BORDER_MEDIUM);
    format_set_text_wrap(formats.note);
    format_set_align(formats.note, LXW_ALIGN_VERTICAL_TOP);
    return formats;
}

void fill(lxw_worksheet* sheet,
          const XlsxTable& table,
          const Formats& formats,
          const std::filesystem::path& file) {
    lxw_row_t row = 0;
    const auto write = [&](const std::vector<std::string>& cells, lxw_format* format) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            require(worksheet_write_string(
                        sheet, row, static_cast<lxw_col_t>(i), cells[i].c_str(), format),
                    file);
        }
        ++row;
    };
    write({table.title}, formats.title);
    write(table.columns, formats.header);
    for (const std::vector<std::string>& cells : table.rows) {
        write(cells, &cells == &table.rows.back() ? formats.last : nullptr);
    }
    double width = 0;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const auto column = static_cast<lxw_col_t>(i);
        width += width_of(table, i);
        require(worksheet_set_column(sheet, column, column, width_of(table, i), nullptr), file);
    }
    for (const std::string& note : table.notes) {
        const auto last = static_cast<lxw_col_t>(table.columns.size() - 1);
        const double lines = std::ceil(static_cast<double>(characters(note)) / width);
        require(last == 0
                    ? worksheet_write_string(sheet, row, 0, note.c_str(), formats.note)
                    : worksheet_merge_range(sheet, row, 0, row, last, note.c_str(), formats.note),
                file);
        require(worksheet_set_row(sheet, row, lines * LXW_DEF_ROW_HEIGHT, nullptr), file);
        ++row;
    }
    worksheet_set_landscape(sheet);
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_freeze_panes(sheet, 2, 1);
    worksheet_ignore_errors(sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576");
}

}  // namespace

void write_xlsx(const std::filesystem::path& file, const XlsxTable& table) {
    write_file_with(file, [&](const std::filesystem::path& temporary) {
        lxw_workbook* const book = workbook_new(temporary.c_str());
        if (book == nullptr) {
            throw Error(ErrorCode::output_not_writable, "cannot write '" + file.string() + "'");
        }
        constexpr std::time_t kFirstOfJanuary1980 = 315532800;  // No clock.
        lxw_doc_properties properties{};
        std::string title = table.title;
        properties.title = title.data();
        properties.created = kFirstOfJanuary1980;
        workbook_set_properties(book, &properties);
        const Formats formats = formats_of(book);
        fill(workbook_add_worksheet(book, "Table"), table, formats, file);
        require(workbook_close(book), file);
    });
}

}  // namespace paraspinal

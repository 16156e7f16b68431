// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/tables/xlsx_format_internal.h"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

// The parts of an .xlsx as they lie in it (ECMA-376 part 1, 18), without what they mean.

struct XlsxFormat {
    NumberFormat kind = NumberFormat::plain;
    std::size_t digits = 0;  ///< Of a format of zeros.
};

struct XlsxCell {
    std::string address;  ///< "BC12"; may be empty: the cell after the one before.
    std::string type;     ///< Attribute t: "s" shared text, "b" truth value, "n" or empty number.
    std::string value;
    std::size_t style = 0;
    bool has_formula = false;
};

struct XlsxRow {
    std::size_t number = 0;  ///< From 1.
    std::vector<XlsxCell> cells;
};

/// A workbook with one of its sheets.
struct XlsxBook {
    std::vector<std::string> shared;  ///< Texts that cells share.
    std::vector<XlsxFormat> formats;  ///< By style.
    bool from_1904 = false;
    std::string sheet_xml;
};

/// Throws as read_xlsx.
XlsxBook open_xlsx(const std::filesystem::path& file, std::string_view sheet);

/// Every row of its sheet, in order.
void for_each_xlsx_row(const XlsxBook& book, const std::function<void(const XlsxRow&)>& visit);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace paraspinal {

/// A table for people as one sheet of a workbook.
struct XlsxTable {
    std::string title;
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;  ///< As many cells as columns.
    std::vector<std::string> notes;  ///< Below the table, a row each, broken into lines.
};

/// Writes `table` to `file` as Office Open XML, through libxlsxwriter. Cells are texts as they are
/// given, so that no digit is lost and none runs as a formula. The same table gives the same bytes.
/// Throws Error output_not_writable.
void write_xlsx(const std::filesystem::path& file, const XlsxTable& table);

}  // namespace paraspinal

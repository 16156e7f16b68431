// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/tables/table_rows.h"

#include <filesystem>
#include <string_view>

namespace paraspinal {

/// Reads one sheet of an Office Open XML workbook (.xlsx, .xlsm; ECMA-376 part 1, 18).
///
/// `sheet` is its name (ASCII case does not matter) or its place from 1; empty: the first that is
/// not hidden. Its first row that is not empty holds the names of the columns. Cells are texts as
/// they mean, not as they are displayed: numbers in full, dates as "2026-01-31" (with the time
/// behind, where there is one), truth values as TRUE and FALSE, percentages without their sign
/// (25 % is 25), numbers of a format like 00000 with their leading zeros. Formulas count by the
/// result that was stored with them. Hidden and filtered rows are rows. Rows whose cells are all
/// empty are skipped.
///
/// No memory but for what is read: at most 32 MiB of unpacked XML a part and kMostTableCells
/// cells; entities are not expanded, nothing outside the file is loaded.
///
/// Throws Error input_not_found, unreadable_file, usage (no such sheet: names those there are) and
/// malformed_file: no workbook (also .xls, .ods, and encrypted ones), beyond these limits, two
/// columns of one name, a cell beside the named columns, a formula without a stored result. Errors
/// name cells by their address and never quote them.
TableRows read_xlsx(const std::filesystem::path& file, std::string_view sheet = {});

}  // namespace paraspinal

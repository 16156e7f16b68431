// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace paraspinal {

/// Cells that a spreadsheet or the file of a statistics program may hold, header included; more is
/// taken for damage or malice. A cohort of 10,000 patients and 300 columns has 3 million.
inline constexpr std::size_t kMostTableCells = 4'000'000;

/// A table that lies in memory: the sheet of a spreadsheet, the data of a statistics program.
struct TableRows {
    std::vector<std::string> columns;            ///< As in the file, blanks around removed.
    std::vector<std::vector<std::string>> rows;  ///< As many cells as columns; none all empty.
    std::vector<std::size_t> numbers;            ///< Of the rows in their file, from 1.
};

}  // namespace paraspinal

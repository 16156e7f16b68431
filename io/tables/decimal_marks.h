// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/tables/cell_text.h"
#include "io/tables/table_rows.h"

#include <vector>

namespace paraspinal {

/// What may stand before the decimals in each column of a table whose separator is no comma.
///
/// Where all numbers of the table have points, or all have commas, these are decimal. Where both
/// occur, a column has the mark by which alone its decimals stand ("900,5", "0.25"); of a column
/// without such a number, or with both marks, nobody can tell "1.101" from 1101.
std::vector<DecimalMark> decimal_marks(const TableRows& table);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/tables/decimal_marks.h"

#include "core/text.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace paraspinal {
namespace {

// Marks in the numbers of a column.
struct Marks {
    bool point = false;
    bool comma = false;
    bool proven = false;  // Some number has decimals beyond doubt.
};

void look_at(std::string_view text, Marks& marks) {
    const bool grouped = has_thousands(text);
    if (!grouped && !cell_number(text, DecimalMark::either)) {
        return;
    }
    const bool point = text.find('.') != std::string_view::npos;
    const bool comma = text.find(',') != std::string_view::npos;
    marks.point = marks.point || point;
    marks.comma = marks.comma || comma;
    marks.proven = marks.proven || (!grouped && (point || comma));
}

}  // namespace

std::vector<DecimalMark> decimal_marks(const TableRows& table) {
    std::vector<Marks> columns(table.columns.size());
    Marks all;
    for (const std::vector<std::string>& row : table.rows) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            look_at(trimmed(row[i]), columns[i]);
        }
    }
    for (const Marks& column : columns) {
        all.point = all.point || column.point;
        all.comma = all.comma || column.comma;
    }
    std::vector<DecimalMark> marks;
    for (const Marks& column : columns) {
        const bool is_clear =
            !(all.point && all.comma) || (column.proven && !(column.point && column.comma));
        marks.push_back(is_clear ? DecimalMark::either : DecimalMark::unclear);
    }
    return marks;
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/csv_answer.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace paraspinal::testing {
namespace {

std::vector<std::string> quoted_cells(const std::string& line) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (const char letter : line) {
        if (letter == '"') {
            quoted = !quoted;
        } else if (letter == ',' && !quoted) {
            cells.emplace_back();
        } else {
            cells.back() += letter;
        }
    }
    return cells;
}

}  // namespace

ProgramRun run(const Arguments& arguments) {
    const ProgramRun result = run_paraspinal(arguments);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return result;
}

Csv::Csv(Arguments arguments) {
    arguments.insert(arguments.end(), {"--format", "csv"});
    for (const std::string& line : lines_of(run(arguments).out)) {
        lines_.push_back(quoted_cells(line));
    }
}

std::string Csv::cell_where(const std::string& where,
                            const std::string& value,
                            const std::string& column) const {
    for (std::size_t line = 1; line < lines_.size(); ++line) {
        if (lines_[line].at(place(where)) == value) {
            return lines_[line].at(place(column));
        }
    }
    ADD_FAILURE() << "no " << value;
    return "0";
}

std::string Csv::text(const std::string& row, const std::string& column) const {
    return cell_where(lines_.at(0).at(0), row, column);
}

double Csv::number(const std::string& row, const std::string& column) const {
    return std::stod(text(row, column));
}

std::size_t Csv::place(const std::string& column) const {
    const auto found = std::ranges::find(lines_.at(0), column);
    EXPECT_NE(found, lines_[0].end()) << column;
    return static_cast<std::size_t>(found - lines_[0].begin());
}

}  // namespace paraspinal::testing

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/cli/run_program.h"

#include <cstddef>
#include <string>
#include <vector>

namespace paraspinal::testing {

using Arguments = std::vector<std::string>;

/// A run of the program that must succeed.
ProgramRun run(const Arguments& arguments);

/// A CSV table that a run prints, asked for by the cell of a column and another column.
class Csv {
  public:
    /// Runs the program with these arguments and `--format csv`.
    explicit Csv(Arguments arguments);

    /// Of the first row whose cell `where` is `value`.
    [[nodiscard]] std::string cell_where(const std::string& where,
                                         const std::string& value,
                                         const std::string& column) const;
    /// Of the row that begins with `row`.
    [[nodiscard]] std::string text(const std::string& row, const std::string& column) const;
    [[nodiscard]] double number(const std::string& row, const std::string& column) const;

  private:
    [[nodiscard]] std::size_t place(const std::string& column) const;

    std::vector<std::vector<std::string>> lines_;
};

}  // namespace paraspinal::testing

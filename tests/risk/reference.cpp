// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/risk/reference.h"

#include "core/text.h"
#include "tests/support/shared_data.h"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace paraspinal::testing {
namespace {

std::vector<std::vector<std::string>> cells_of(const std::string& file) {
    std::ifstream stream(source_folder() / "tests" / "risk" / "reference" / file);
    std::vector<std::vector<std::string>> rows;
    for (std::string line; std::getline(stream, line);) {
        std::istringstream cells(line);
        rows.emplace_back();
        for (std::string cell; std::getline(cells, cell, ',');) {
            rows.back().push_back(cell);
        }
    }
    return rows;
}

}  // namespace

double reference(const std::string& name) {
    static const std::vector<std::vector<std::string>> rows = cells_of("statistics.csv");
    for (const auto& row : rows) {
        if (row.at(0) == name) {
            return parse_number(row.at(1)).value();
        }
    }
    throw std::runtime_error("statistics.csv has no " + name);
}

std::vector<double> column(const std::string& file, const std::string& name) {
    const std::vector<std::vector<std::string>> rows = cells_of(file);
    for (std::size_t col = 0; col < rows.at(0).size(); ++col) {
        if (rows[0][col] != name) {
            continue;
        }
        std::vector<double> values;
        for (std::size_t row = 1; row < rows.size(); ++row) {
            values.push_back(parse_number(rows[row].at(col)).value());
        }
        return values;
    }
    throw std::runtime_error(file + " has no column " + name);
}

std::vector<std::uint8_t> flags(const std::string& file, const std::string& name) {
    std::vector<std::uint8_t> flags;
    for (const double value : column(file, name)) {
        flags.push_back(value != 0 ? 1 : 0);
    }
    return flags;
}

std::vector<double> chosen(const std::vector<double>& values,
                           const std::vector<std::uint8_t>& flag,
                           std::uint8_t wanted) {
    std::vector<double> taken;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (flag[i] == wanted) {
            taken.push_back(values[i]);
        }
    }
    return taken;
}

}  // namespace paraspinal::testing

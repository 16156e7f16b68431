// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace paraspinal {

/// A column of a table of `Row`s: its name, and its cell for one of them, empty when it is unknown.
template <class Row>
struct TableColumn {
    std::string name;
    std::function<std::string(const Row& row)> text;
};

template <class Row>
std::vector<std::string> names_of(const std::vector<TableColumn<Row>>& columns) {
    std::vector<std::string> names;
    for (const TableColumn<Row>& column : columns) {
        names.push_back(column.name);
    }
    return names;
}

template <class Row>
std::vector<std::string> cells_of(const std::vector<TableColumn<Row>>& columns, const Row& row) {
    std::vector<std::string> cells;
    for (const TableColumn<Row>& column : columns) {
        cells.push_back(column.text(row));
    }
    return cells;
}

}  // namespace paraspinal

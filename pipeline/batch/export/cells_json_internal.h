// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/batch/study_record.h"

#include <nlohmann/json.hpp>
#include <string>

namespace paraspinal {

/// {"csa_cm2": "31.200", ...}, in the order of the columns.
inline nlohmann::ordered_json cells_json(const NamedCells& line) {
    nlohmann::ordered_json object = nlohmann::ordered_json::object();
    for (std::size_t i = 0; i < line.columns.size(); ++i) {
        object[line.columns[i]] = line.cells.at(i);
    }
    return object;
}

/// The inverse. Throws nlohmann::json::exception.
inline NamedCells parse_cells(const nlohmann::ordered_json& object) {
    NamedCells line;
    for (const auto& [column, cell] : object.items()) {
        line.columns.push_back(column);
        line.cells.push_back(cell.get<std::string>());
    }
    return line;
}

}  // namespace paraspinal

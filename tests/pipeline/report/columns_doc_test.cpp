// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/measurement_row.h"
#include "pipeline/report/muscles_csv.h"
#include "tests/support/shared_data.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

// First cells of the table rows below the heading `## <file>` of docs/columns.md, "`name`".
std::vector<std::string> documented_columns(const std::string& file) {
    std::ifstream page(testing::source_folder() / "docs/columns.md");
    std::vector<std::string> names;
    bool is_here = false;
    for (std::string line; std::getline(page, line);) {
        if (line.starts_with("## ")) {
            is_here = line == "## " + file;
        }
        if (is_here && line.starts_with("| `")) {
            names.push_back(line.substr(3, line.find('`', 3) - 3));
        }
    }
    return names;
}

TEST(ColumnsDoc, ListsTheColumnsOfMeasurements) {
    EXPECT_EQ(documented_columns("measurements.csv"), measurement_columns());
}

TEST(ColumnsDoc, ListsTheColumnsOfMuscles) {
    EXPECT_EQ(documented_columns("muscles.csv"), muscle_columns());
}

}  // namespace
}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// docs/columns.md lists every column in order, with the unit and the digits that it is written
// with; docs/dicom_objects.md names every code of our own.
#include "core/text.h"
#include "pipeline/report/tables/measurement_row.h"
#include "pipeline/report/tables/muscles_csv.h"
#include "pipeline/report/tables/slices_csv.h"
#include "pipeline/report/tables/vertebrae_csv.h"
#include "pipeline/report/tables/volumes_csv.h"
#include "pipeline/study/further_quantities.h"
#include "pipeline/study/quantities.h"
#include "tests/support/shared_data.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

struct DocumentedColumn {
    std::string name;
    std::string unit;
    std::string decimals;
};

// The table rows below the heading `## <file>` of docs/columns.md: "| `name` | unit | decimals |".
std::vector<DocumentedColumn> documented(const std::string& file) {
    std::ifstream page(testing::source_folder() / "docs/columns.md");
    std::vector<DocumentedColumn> columns;
    bool is_here = false;
    for (std::string line; std::getline(page, line);) {
        if (line.starts_with("## ")) {
            is_here = line == "## " + file;
        }
        if (is_here && line.starts_with("| `")) {
            const std::vector<std::string> cells = split(line, '|');
            const std::string name(trimmed(cells.at(1)));
            columns.push_back({.name = name.substr(1, name.size() - 2),
                               .unit = std::string(trimmed(cells.at(2))),
                               .decimals = std::string(trimmed(cells.at(3)))});
        }
    }
    return columns;
}

std::vector<std::string> names_of(const std::vector<DocumentedColumn>& columns) {
    std::vector<std::string> names;
    for (const DocumentedColumn& column : columns) {
        names.push_back(column.name);
    }
    return names;
}

void expect_unit(const DocumentedColumn& column, const Unit& unit) {
    EXPECT_EQ(column.unit, unit.text.empty() ? "none" : unit.text) << column.name;
    EXPECT_EQ(column.decimals, std::to_string(unit.decimals)) << column.name;
}

TEST(ColumnsDoc, ListsTheColumnsOfMeasurements) {
    EXPECT_EQ(names_of(documented("measurements.csv")), measurement_columns());
}

TEST(ColumnsDoc, ListsTheColumnsOfMuscles) {
    EXPECT_EQ(names_of(documented("muscles.csv")), muscle_columns());
}

TEST(ColumnsDoc, ListsTheColumnsOfSlicesVolumesAndVertebrae) {
    EXPECT_EQ(names_of(documented("slices.csv")), slice_columns());
    EXPECT_EQ(names_of(documented("volumes.csv")), volume_columns());
    EXPECT_EQ(names_of(documented("vertebrae.csv")), vertebra_columns());
}

TEST(ColumnsDoc, GivesUnitAndDigitsOfEveryQuantity) {
    std::map<std::string, Unit> units{{"risk_pct", kUnitPercent},
                                      {"companion_risk_pct", kUnitPercent}};
    for (const Quantity& row : quantities()) {
        units.emplace(row.name, row.unit);
        units.emplace(low_name(row), row.unit);
        units.emplace(high_name(row), row.unit);
    }
    for (const Quantity& row : further_quantities()) {
        units.emplace(row.name, row.unit);
    }
    for (const StructureQuantity& row : structure_quantities()) {
        for (const Structure structure : kStructures) {
            units.emplace(column_name(row, structure), row.unit);
        }
    }
    std::size_t compared = 0;
    for (const DocumentedColumn& column : documented("measurements.csv")) {
        if (const auto unit = units.find(column.name); unit != units.end()) {
            expect_unit(column, unit->second);
            ++compared;
        }
    }
    EXPECT_GE(compared, quantities().size() + further_quantities().size() + 14);
}

TEST(ColumnsDoc, GivesUnitAndDigitsOfEveryStructureQuantity) {
    for (const DocumentedColumn& column : documented("muscles.csv")) {
        for (const StructureQuantity& row : structure_quantities()) {
            if (row.name == column.name && !row.unit.text.empty()) {
                expect_unit(column, row.unit);
            }
        }
    }
}

TEST(DicomObjectsDoc, NamesEveryCodeOfOurOwn) {
    std::ifstream file(testing::source_folder() / "docs/dicom_objects.md");
    const std::string page{std::istreambuf_iterator<char>(file), {}};
    const auto expect_named = [&page](const QuantityCode& code) {
        const std::string quoted = "`" + std::string(code.value) + "`";
        EXPECT_TRUE(code.value.empty() || !code.scheme.empty() ||
                    page.find(quoted) != std::string::npos)
            << code.value;
    };
    for (const Quantity& row : quantities()) {
        expect_named(row.code);
    }
    for (const StructureQuantity& row : structure_quantities()) {
        expect_named(row.code);
    }
    expect_named(quantity("risk_pct").code);
    expect_named(quantity("companion_risk_pct").code);
}

}  // namespace
}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/labels/label_table.h"

#include "core/error.h"
#include "core/text.h"
#include "io/tables/csv.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace paraspinal {
namespace {

std::optional<Structure> structure_named(std::string_view name) {
    const std::string wanted = lower_case(trimmed(name));
    if (wanted == label_name(Structure::background)) {
        return Structure::background;
    }
    for (const Structure structure : kStructures) {
        if (wanted == label_name(structure)) {
            return structure;
        }
    }
    return std::nullopt;
}

}  // namespace

LabelTable default_label_table() {
    LabelTable table;
    for (const Structure structure : kStructures) {
        table[static_cast<int>(structure)] = structure;
    }
    return table;
}

LabelTable read_label_table(const std::filesystem::path& file) {
    return within("label table " + file.string(), [&] {
        CsvReader rows(file);
        const std::size_t value_column = rows.required_column("value");
        const std::size_t structure_column = rows.required_column("structure");
        LabelTable table;
        while (rows.next()) {
            const auto value = parse_integer(rows.cell(value_column));
            if (!value || *value < 0 || *value > std::numeric_limits<std::uint16_t>::max()) {
                throw Error(ErrorCode::malformed_file,
                            rows.place(value_column) + ": is no whole number from 0 to 65535");
            }
            const auto structure = structure_named(rows.cell(structure_column));
            if (!structure) {
                throw Error(ErrorCode::malformed_file,
                            rows.place(structure_column) +
                                ": is none of our structures; docs/evaluate.md lists them");
            }
            if (!table.emplace(static_cast<int>(*value), *structure).second) {
                throw Error(ErrorCode::malformed_file,
                            rows.place(value_column) + ": the value was given before");
            }
        }
        if (structures_of(table).empty()) {
            throw Error(ErrorCode::malformed_file, "it names no structure");
        }
        return table;
    });
}

std::vector<Structure> structures_of(const LabelTable& table) {
    std::vector<Structure> structures;
    for (const Structure structure : kStructures) {
        if (std::ranges::any_of(table, [&](const auto& row) { return row.second == structure; })) {
            structures.push_back(structure);
        }
    }
    return structures;
}

}  // namespace paraspinal

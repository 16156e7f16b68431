// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/follow/named_pairs.h"

#include "core/error.h"
#include "core/text.h"
#include "io/tables/csv.h"
#include "pipeline/study/repeatability.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace paraspinal {
namespace {

// Beyond these nothing, or everything, would be a change: values have three decimals at most, and
// the largest are areas in cm2.
constexpr double kLeastChange = 0.001;
constexpr double kMostChange = 100;

bool is_sensible(double change) {
    return change >= kLeastChange && change <= kMostChange;
}

bool is_repeated_quantity(std::string_view name) {
    return std::ranges::find(repeated_quantities(), name, &RepeatedQuantity::name) !=
           repeated_quantities().end();
}

// Columns that follow does not compare are passed over: agree compares all that two tables have.
SmallestChanges changes_in(const std::filesystem::path& file) {
    CsvReader reader(file);
    const std::size_t column = reader.required_column("column");
    const std::size_t mdc = reader.required_column("mdc95");
    SmallestChanges changes;
    while (reader.next()) {
        const std::optional<double> value = reader.number(mdc);
        if (!value || *value <= 0 || !is_repeated_quantity(reader.cell(column))) {
            continue;
        }
        if (!is_sensible(*value)) {
            throw Error(ErrorCode::malformed_file,
                        reader.place(mdc) + " is no change from 0.001 to 100");
        }
        if (!changes.emplace(reader.cell(column), *value).second) {
            throw Error(
                ErrorCode::malformed_file,
                reader.place(column) + " comes twice; keep the rows of one pair of raters alone");
        }
    }
    if (changes.empty()) {
        throw Error(ErrorCode::usage,
                    "'" + file.string() + "' has no mdc95 of a column that follow compares");
    }
    return changes;
}

}  // namespace

std::vector<NamedPair> read_named_pairs(const std::filesystem::path& file) {
    CsvReader reader(file);
    const std::size_t from = reader.required_column("from");
    const std::size_t to = reader.required_column("to");
    std::vector<NamedPair> pairs;
    while (reader.next()) {
        pairs.push_back({.line = reader.line(),
                         .from = std::string(trimmed(reader.cell(from))),
                         .to = std::string(trimmed(reader.cell(to)))});
        if (pairs.back().from.empty() || pairs.back().to.empty()) {
            throw Error(ErrorCode::malformed_file,
                        "line " + std::to_string(reader.line()) + " of '" + file.string() +
                            "' names one examination; a pair needs two");
        }
    }
    return pairs;
}

SmallestChanges read_smallest_changes(const std::string& list_or_file) {
    if (list_or_file.empty()) {
        return {};
    }
    if (std::filesystem::exists(list_or_file) || list_or_file.find('=') == std::string::npos) {
        return changes_in(list_or_file);
    }
    SmallestChanges changes;
    for (const std::string& part : split(list_or_file, ',')) {
        const std::size_t equals = std::min(part.find('='), part.size() - 1);
        const std::string name(trimmed(part.substr(0, equals)));
        const auto value = parse_number(part.substr(equals + 1));
        if (!is_repeated_quantity(name)) {
            throw Error(ErrorCode::usage,
                        "--mdc takes agreement.csv of 'agree -o', or a list like "
                        "csa_cm2=1.2,fdr_pct=3; '" +
                            name + "' is no quantity that follow compares");
        }
        if (!value || !is_sensible(*value)) {
            throw Error(ErrorCode::usage,
                        "--mdc takes changes from 0.001 to 100; '" + part + "' has none");
        }
        if (!changes.emplace(name, *value).second) {
            throw Error(ErrorCode::usage, "--mdc has " + name + " twice");
        }
    }
    return changes;
}

}  // namespace paraspinal

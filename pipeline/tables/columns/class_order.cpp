// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/columns/class_order.h"

#include "core/text.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

namespace paraspinal {
namespace {

std::optional<double> place_of(const std::string& name, const CohortColumn& column) {
    if (column.classes.empty()) {
        return parse_number(name);
    }
    const auto found =
        std::ranges::find(column.classes, lower_case(name), [](const std::string& listed) {
            return lower_case(listed);
        });
    return found == column.classes.end()
               ? std::nullopt
               : std::optional(static_cast<double>(found - column.classes.begin()));
}

}  // namespace

std::vector<std::size_t> class_order(const std::vector<std::string>& names,
                                     const CohortColumn& column) {
    std::vector<std::size_t> places(names.size());
    std::iota(places.begin(), places.end(), std::size_t{0});
    std::ranges::stable_sort(
        places, {}, [&](std::size_t i) { return place_of(names[i], column).value_or(HUGE_VAL); });
    return places;
}

std::string class_without_place(const std::vector<std::string>& names, const CohortColumn& column) {
    const auto found = std::ranges::find_if(
        names, [&](const std::string& name) { return !place_of(name, column); });
    return found == names.end() ? std::string() : *found;
}

}  // namespace paraspinal

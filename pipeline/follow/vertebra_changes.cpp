// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/follow/vertebra_changes.h"

#include "core/error.h"
#include "io/tables/cell_text.h"
#include "risk/classify_fractures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace paraspinal {
namespace {

constexpr std::array<std::string_view, 3> kNames{"no", "if_comparable", "yes"};

std::optional<VertebraChange> change_of(const NamedCells& from,
                                        const NamedCells& to,
                                        bool is_doubted) {
    const auto before = number_in(from, "reduction_pct");
    const auto highest_before = number_in(from, "reduction_high_pct");
    const auto after = number_in(to, "reduction_pct");
    const auto lowest_after = number_in(to, "reduction_low_pct");
    const auto from_grade = number_in(from, "suspected_grade");
    const auto to_grade = number_in(to, "suspected_grade");
    if (!before || !highest_before || !after || !lowest_after || !from_grade || !to_grade) {
        return std::nullopt;
    }
    VertebraChange change{
        .vertebra = to.get("vertebra"),
        .from_reduction_pct = *before,
        .to_reduction_pct = *after,
        .smallest_real_increase_pct = std::hypot(*highest_before - *before, *after - *lowest_after),
        .from_grade = static_cast<int>(*from_grade),
        .to_grade = static_cast<int>(*to_grade)};
    if (*after - *before > change.smallest_real_increase_pct && *to_grade > *from_grade) {
        const bool is_flagged = from.get("status") == "flagged" || to.get("status") == "flagged" ||
                                from.get("level_offset") != to.get("level_offset");
        change.deformity =
            is_doubted || is_flagged ? NewDeformity::if_comparable : NewDeformity::yes;
    }
    return change;
}

}  // namespace

std::string_view new_deformity_name(NewDeformity deformity) {
    return kNames.at(static_cast<std::size_t>(deformity));
}

std::vector<VertebraChange> vertebra_changes(const Examination& from,
                                             const Examination& to,
                                             bool is_doubted) {
    std::vector<VertebraChange> changes;
    for (const NamedCells& later : to.vertebrae) {
        const auto earlier = std::ranges::find_if(from.vertebrae, [&](const NamedCells& one) {
            return one.get("vertebra") == later.get("vertebra");
        });
        const auto change =
            earlier != from.vertebrae.end() ? change_of(*earlier, later, is_doubted) : std::nullopt;
        if (change) {
            changes.push_back(*change);
        }
    }
    return changes;
}

std::map<std::string, std::string> relations_to_treated(const std::vector<VertebraChange>& changes,
                                                        const std::string& treated_levels) {
    std::map<std::string, std::string> relations;
    if (is_missing_text(treated_levels)) {
        return relations;
    }
    try {
        const std::vector<VertebralLevel> treated = parse_levels(treated_levels);
        std::vector<VertebralLevel> suspected;
        for (const VertebraChange& one : changes) {
            if (one.deformity != NewDeformity::no) {
                suspected.push_back(parse_levels(one.vertebra).at(0));
            }
        }
        for (const VertebraChange& one : changes) {
            if (one.deformity != NewDeformity::no) {
                relations[one.vertebra] =
                    fracture_kind(parse_levels(one.vertebra).at(0), treated, suspected);
            }
        }
    } catch (const Error&) {
        return {};  // Levels that cannot be read say nothing; classify-fractures tells which.
    }
    return relations;
}

}  // namespace paraspinal

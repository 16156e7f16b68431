// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/follow/match_slices.h"

#include "core/text.h"
#include "pipeline/study/repeatability.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace paraspinal {
namespace {

constexpr double kMostTiltDeg = 10;  // Areas change by 1.5 %. Our choice.

// Slices of another run or version do not speak for the examination.
bool is_measured_alike(const NamedCells& slice, const Examination& one) {
    constexpr std::array<std::string_view, 5> kSame{
        "series_uid", "level", "level_offset", "software_version", "outline_model"};
    const bool is_one_run = std::ranges::all_of(
        kSame, [&](std::string_view name) { return slice.get(name) == one.row.get(name); });
    if (!is_one_run || slice.get("sop_instance_uid").empty() ||
        slice.get("sop_instance_uid") != one.row.get("sop_instance_uid")) {
        return is_one_run;
    }
    // The measured slice itself: other options have given it other numbers.
    return std::ranges::all_of(repeated_quantities(), [&](const RepeatedQuantity& quantity) {
        const auto here = number_in(slice, quantity.name);
        return !here || here == number_in(one.row, quantity.name);
    });
}

// Whether none of its series was measured in another way.
bool has_own_slices(const Examination& one) {
    return !has_other_outlines(one) &&
           std::ranges::all_of(one.slices, [&one](const NamedCells& slice) {
               return slice.get("series_uid") != one.row.get("series_uid") ||
                      slice.get("level") != one.row.get("level") || is_measured_alike(slice, one);
           });
}

// The neighbors of a place among the slices of the measured series, and how far toward the head of
// the lower one it lies, 0 to 1.
struct Neighbors {
    const NamedCells* below = nullptr;
    const NamedCells* above = nullptr;
    double share = 0;
};

std::optional<Neighbors> neighbors_at(const Examination& one, double offset_mm) {
    Neighbors found;
    double below_mm = offset_mm - kMostBetweenMm;
    double above_mm = offset_mm + kMostBetweenMm;
    for (const NamedCells& slice : one.slices) {
        const auto here_mm = number_in(slice, "slice_offset_mm");
        if (!here_mm || slice.get("series_uid") != one.row.get("series_uid") ||
            slice.get("level") != one.row.get("level")) {
            continue;
        }
        if (*here_mm <= offset_mm && *here_mm > below_mm) {
            below_mm = *here_mm;
            found.below = &slice;
        }
        if (*here_mm >= offset_mm && *here_mm < above_mm) {
            above_mm = *here_mm;
            found.above = &slice;
        }
    }
    if (found.below == nullptr || found.above == nullptr || above_mm - below_mm > kMostBetweenMm) {
        return std::nullopt;
    }
    found.share = above_mm > below_mm ? (offset_mm - below_mm) / (above_mm - below_mm) : 0;
    return found;
}

// Its numbers at that place; its status is flagged where that of a neighbor is.
std::optional<NamedCells> interpolated(const Examination& one, double offset_mm) {
    const std::optional<Neighbors> neighbors =
        has_own_slices(one) ? neighbors_at(one, offset_mm) : std::nullopt;
    if (!neighbors) {
        return std::nullopt;
    }
    NamedCells row = one.row;
    for (const RepeatedQuantity& quantity : repeated_quantities()) {
        const auto below = number_in(*neighbors->below, quantity.name);
        const auto above = number_in(*neighbors->above, quantity.name);
        row.set(quantity.name,
                below && above ? fixed_text(*below + neighbors->share * (*above - *below),
                                            quantity.unit.decimals)
                               : "");
    }
    const bool is_flagged = neighbors->below->get("status") == "flagged" ||
                            neighbors->above->get("status") == "flagged";
    if (is_flagged) {
        row.set("status", "flagged");
    }
    return row;
}

}  // namespace

MatchedSlices match_slices(const Examination& from, const Examination& to) {
    MatchedSlices matched{.from = from.row,
                          .to = to.row,
                          .matching = "as_measured",
                          .offset_difference_mm = {},
                          .flags = {}};
    const auto from_mm = number_in(from.row, "slice_offset_mm");
    const auto to_mm = number_in(to.row, "slice_offset_mm");
    if (!from_mm || !to_mm) {
        matched.flags.push_back(&pair_flag("level_not_verified"));
        return matched;
    }
    matched.offset_difference_mm = *to_mm - *from_mm;
    matched.apart_mm = std::abs(*matched.offset_difference_mm);
    if (matched.apart_mm > kMostApartMm) {
        if (const auto other = interpolated(to, *from_mm)) {
            matched.to = *other;
            matched.matching = "to_interpolated";
        } else if (const auto one = interpolated(from, *to_mm)) {
            matched.from = *one;
            matched.matching = "from_interpolated";
        }
        if (matched.from.get("status") == "flagged" || matched.to.get("status") == "flagged") {
            matched.flags.push_back(&pair_flag("examination_flagged"));
        }
        const bool is_matched = matched.matching != "as_measured";
        matched.flags.push_back(&pair_flag(is_matched ? "levels_interpolated" : "levels_apart"));
        matched.apart_mm = is_matched ? 0 : matched.apart_mm;
    }
    const auto from_deg = number_in(from.row, "slice_tilt_deg");
    const auto to_deg = number_in(to.row, "slice_tilt_deg");
    if (from_deg && to_deg && std::abs(*from_deg - *to_deg) > kMostTiltDeg) {
        matched.flags.push_back(&pair_flag("tilt_differs"));
    }
    return matched;
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0

#include "pipeline/study/split_stacks.h"

#include <algorithm>
#include <cmath>

namespace paraspinal {
namespace {

// Spacing as text of a header may be rounded differently from slice to slice.
constexpr double kSameSpacing = 1e-3;

// Echo times of one echo vary by rounding; those of neighboring echoes lie a millisecond apart.
constexpr double kSameEchoTimeMs = 0.5;

bool same_spacing(const std::optional<PixelSpacing>& a, const std::optional<PixelSpacing>& b) {
    if (!a || !b) {
        return a.has_value() == b.has_value();
    }
    return std::abs(a->row_mm - b->row_mm) <= kSameSpacing * a->row_mm &&
           std::abs(a->col_mm - b->col_mm) <= kSameSpacing * a->col_mm;
}

bool same_directions(const std::optional<ImagePlane>& a, const std::optional<ImagePlane>& b) {
    if (!a || !b) {
        return a.has_value() == b.has_value();
    }
    return line_angle_deg(a->along_columns, b->along_columns) <= kSameTiltDeg &&
           line_angle_deg(a->along_rows, b->along_rows) <= kSameTiltDeg;
}

bool same_echo(const Acquisition& a, const Acquisition& b) {
    if (!a.echo_time_ms || !b.echo_time_ms) {
        return a.echo_time_ms.has_value() == b.echo_time_ms.has_value();
    }
    return std::abs(*a.echo_time_ms - *b.echo_time_ms) <= kSameEchoTimeMs;
}

bool belong_together(const SliceHeader& a, const SliceHeader& b) {
    return a.size == b.size && same_spacing(a.spacing, b.spacing) &&
           same_directions(a.plane, b.plane) && same_echo(a.acquisition, b.acquisition) &&
           a.acquisition.b_value_s_mm2 == b.acquisition.b_value_s_mm2 &&
           a.acquisition.inversion_time_ms == b.acquisition.inversion_time_ms &&
           a.acquisition.image_type == b.acquisition.image_type;
}

void sort_along_normal(Stack& stack) {
    const std::optional<ImagePlane>& plane = stack.slices.front()->plane;
    if (!plane) {
        return;
    }
    const Vec3 along = normal(*plane);
    std::ranges::stable_sort(stack.slices, {}, [&along](const SliceHeader* slice) {
        return dot(slice->plane->origin_mm, along);
    });
}

}  // namespace

std::vector<Stack> split_stacks(const Series& series) {
    std::vector<Stack> stacks;
    for (const SliceHeader& slice : series.slices) {
        const auto home = std::ranges::find_if(stacks, [&slice](const Stack& stack) {
            return belong_together(*stack.slices.front(), slice);
        });
        if (home == stacks.end()) {
            stacks.push_back({.slices = {&slice}});
        } else {
            home->slices.push_back(&slice);
        }
    }
    std::ranges::for_each(stacks, sort_along_normal);
    return stacks;
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0

#include "pipeline/study/series/split_stacks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>

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

// Breathing triggers a scan at times that differ; other scans of a series differ by more.
constexpr double kSameRepetitionTime = 0.25;

bool same_repetition(const Acquisition& a, const Acquisition& b) {
    if (!a.repetition_time_ms || !b.repetition_time_ms) {
        return a.repetition_time_ms.has_value() == b.repetition_time_ms.has_value();
    }
    return std::abs(*a.repetition_time_ms - *b.repetition_time_ms) <=
           kSameRepetitionTime * std::max(*a.repetition_time_ms, *b.repetition_time_ms);
}

// All that classify reads: one slice never speaks for others.
bool acquired_alike(const SliceHeader& first, const SliceHeader& second) {
    const Acquisition& a = first.acquisition;
    const Acquisition& b = second.acquisition;
    return first.series_description == second.series_description && same_echo(a, b) &&
           same_repetition(a, b) && a.b_value_s_mm2 == b.b_value_s_mm2 &&
           a.inversion_time_ms == b.inversion_time_ms && a.image_type == b.image_type &&
           a.scan_options == b.scan_options && a.scanning_sequence == b.scanning_sequence &&
           a.sequence_name == b.sequence_name && a.protocol_name == b.protocol_name &&
           a.derivation == b.derivation;
}

bool belong_together(const SliceHeader& a, const SliceHeader& b) {
    return a.size == b.size && same_spacing(a.spacing, b.spacing) &&
           same_directions(a.plane, b.plane) && acquired_alike(a, b);
}

// Axial, sagittal or coronal to within this angle.
constexpr double kPlaneTiltDeg = 30;

std::optional<std::size_t> axis_of(const SliceHeader& slice) {
    constexpr std::array kAxes{Vec3{1, 0, 0}, Vec3{0, 1, 0}, Vec3{0, 0, 1}};
    for (std::size_t axis = 0; slice.plane && axis < kAxes.size(); ++axis) {
        if (line_angle_deg(normal(*slice.plane), kAxes.at(axis)) <= kPlaneTiltDeg) {
            return axis;
        }
    }
    return std::nullopt;
}

// Slices of the three planes that were acquired alike make a localizer, unless one plane has so
// many more that it is a stack to which single slices were added.
bool is_of_three_planes(const Stack& stack, const Series& series) {
    constexpr std::size_t kStackToSingle = 4;
    const SliceHeader& first = *stack.slices.front();
    std::array<std::size_t, 3> counts{};
    for (const SliceHeader& slice : series.slices) {
        const auto axis = axis_of(slice);
        if (axis && acquired_alike(first, slice)) {
            ++counts.at(*axis);
        }
    }
    const std::size_t fewest = std::ranges::min(counts);
    return axis_of(first) && fewest > 0 && stack.slices.size() <= kStackToSingle * fewest;
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
    for (Stack& stack : stacks) {
        stack.is_of_three_planes = is_of_three_planes(stack, series);
        sort_along_normal(stack);
    }
    return stacks;
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0

#include "pipeline/study/series/split_stacks.h"

#include "pipeline/study/series/series_refusals_internal.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <optional>

namespace paraspinal {
namespace {

// Spacing as text of a header may be rounded differently from slice to slice.
constexpr double kSameSpacing = 1e-3;

// Echo times of one echo vary from slice to slice by rounding and calibration; those of one scan's
// echoes lie a millisecond apart where they are short, and many where they are those of T2.
constexpr double kSameEchoTimeMs = 0.5;
constexpr double kSameEchoTime = 0.02;

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

// Breathing triggers a scan at times that differ; other scans of a series differ by more.
constexpr double kSameRepetitionTime = 0.25;

bool same_time(const std::optional<double>& a, const std::optional<double>& b, double share) {
    if (!a || !b) {
        return a.has_value() == b.has_value();
    }
    return std::abs(*a - *b) <= std::max(kSameEchoTimeMs, share * std::max(*a, *b));
}

// A slice, and what classify would read in its header.
struct ReadSlice {
    const SliceHeader* slice;
    std::vector<ErrorCode> verdicts;
    SeriesWords words;
};

// What differs between slices without a meaning for the image (numbers in names and comments, the
// order of options, corrections named in the image type) does not split a stack; one slice never
// speaks for others in anything that is judged.
bool acquired_alike(const ReadSlice& first, const ReadSlice& second) {
    const Acquisition& a = first.slice->acquisition;
    const Acquisition& b = second.slice->acquisition;
    return same_time(a.echo_time_ms, b.echo_time_ms, kSameEchoTime) &&
           same_time(a.repetition_time_ms, b.repetition_time_ms, kSameRepetitionTime) &&
           same_time(a.inversion_time_ms, b.inversion_time_ms, kSameEchoTime) &&
           a.b_value_s_mm2 == b.b_value_s_mm2 && first.verdicts == second.verdicts &&
           first.words == second.words;
}

bool belong_together(const ReadSlice& first, const ReadSlice& second) {
    const SliceHeader& a = *first.slice;
    const SliceHeader& b = *second.slice;
    return a.size == b.size && same_spacing(a.spacing, b.spacing) &&
           same_directions(a.plane, b.plane) && acquired_alike(first, second);
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

using Group = std::vector<const ReadSlice*>;

// Slices of the three planes that were acquired alike make a localizer, unless one plane has so
// many more that it is a stack to which single slices were added.
bool is_of_three_planes(const std::vector<ReadSlice>& slices, const Group& group) {
    constexpr std::size_t kStackToSingle = 4;
    std::array<std::size_t, 3> counts{};
    for (const ReadSlice& slice : slices) {
        const auto axis = axis_of(*slice.slice);
        if (axis && acquired_alike(*group.front(), slice)) {
            ++counts.at(*axis);
        }
    }
    const std::size_t fewest = std::ranges::min(counts);
    return axis_of(*group.front()->slice) && fewest > 0 && group.size() <= kStackToSingle * fewest;
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
    std::vector<ReadSlice> slices;
    for (const SliceHeader& slice : series.slices) {
        slices.push_back({.slice = &slice,
                          .verdicts = verdicts_of(series, slice),
                          .words = words_of(series, slice)});
    }
    std::vector<Group> groups;
    for (const ReadSlice& slice : slices) {
        const auto home = std::ranges::find_if(groups, [&slice](const Group& group) {
            return belong_together(*group.front(), slice);
        });
        (home == groups.end() ? groups.emplace_back() : *home).push_back(&slice);
    }
    std::vector<Stack> stacks;
    for (const Group& group : groups) {
        Stack& stack = stacks.emplace_back();
        std::ranges::transform(group, std::back_inserter(stack.slices), &ReadSlice::slice);
        stack.is_of_three_planes = is_of_three_planes(slices, group);
        sort_along_normal(stack);
    }
    return stacks;
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/level/missing_slice.h"

#include "core/geometry.h"
#include "core/quantile.h"
#include "core/text.h"
#include "pipeline/study/series/split_stacks.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace paraspinal {
namespace {

// Repeats of one place are no step.
constexpr double kSameStepMm = 0.1;

// Distances between the neighbors of a series along the normal of its slice, in their order, and
// the larger of those beside the slice.
struct Steps {
    std::vector<double> all_mm;
    double beside_mm = 0;
};

Steps steps_of(const AxialSlice& chosen, const std::vector<AxialSlice>& slices) {
    const Vec3 along = normal(*chosen.slice->plane);
    const double here_mm = dot(chosen.slice->plane->origin_mm, along);
    std::vector<double> places_mm;
    for (const AxialSlice& each : slices) {
        if (each.series == chosen.series &&
            line_angle_deg(normal(*each.slice->plane), along) <= kSameTiltDeg) {
            places_mm.push_back(dot(each.slice->plane->origin_mm, along));
        }
    }
    std::ranges::sort(places_mm);
    Steps steps;
    for (std::size_t i = 1; i < places_mm.size(); ++i) {
        const double step_mm = places_mm[i] - places_mm[i - 1];
        if (step_mm > kSameStepMm) {
            steps.all_mm.push_back(step_mm);
            const bool is_beside = std::abs(places_mm[i] - here_mm) < kSameStepMm ||
                                   std::abs(places_mm[i - 1] - here_mm) < kSameStepMm;
            steps.beside_mm = is_beside ? std::max(steps.beside_mm, step_mm) : steps.beside_mm;
        }
    }
    return steps;
}

}  // namespace

std::optional<QcFlag> nearer_slice_missing(const Study& study,
                                           const std::vector<AxialSlice>& slices,
                                           const FoundLevel& found) {
    constexpr std::size_t kFewestSteps = 2;
    const Steps steps = steps_of(slices.at(found.index), slices);
    if (steps.all_mm.size() < kFewestSteps) {
        return std::nullopt;
    }
    const double step_mm = quantile(steps.all_mm, 0.5);
    const double offset_mm = std::abs(found.level.slice_offset_mm.value_or(0));
    const bool is_gap = steps.beside_mm > kGapInSteps * step_mm;
    if (offset_mm <= kNearestShare * step_mm || (!is_gap && study.left_out.empty())) {
        return std::nullopt;
    }
    return QcFlag{Flag::nearer_slice_missing,
                  "the slice passes " + fixed_text(offset_mm, 1) +
                      " mm from the endplate, although its series has one every " +
                      fixed_text(step_mm, 1) + " mm: a nearer one is missing" +
                      (study.left_out.empty()
                           ? std::string()
                           : ", perhaps among the " + std::to_string(study.left_out.size()) +
                                 " images of this study that cannot be read")};
}

}  // namespace paraspinal

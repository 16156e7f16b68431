// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/inspect_study.h"

#include "pipeline/study/analyze_study.h"
#include "pipeline/study/level/find_spine.h"
#include "pipeline/study/series/classify_by_pixels.h"
#include "pipeline/study/series/classify_study.h"

#include <algorithm>
#include <utility>

namespace paraspinal {
namespace {

// Looks at pixels, and fills in what they say of weightings and of the spine.
InspectedChoice choice_of(ClassifiedStudy& study,
                          const SliceRequest& request,
                          Models& models,
                          std::optional<SpineView>& spine) {
    try {
        leave_out_if_it_crashed(*study.study);
        study = classify_by_pixels(std::move(study), false, models.outline);
        spine = find_spine(study, models.vertebrae);
        const ChosenSlice chosen = choose_slice(study, request, spine);
        return {.series_uid = chosen.series->series_uid,
                .slice_uid = slice_uid(*chosen.slice),
                .level = chosen.level,
                .flags = chosen.flags};
    } catch (const Error& error) {
        return {.refusal = error.code(), .message = error.message()};
    }
}

}  // namespace

std::vector<std::string> assumptions_of(const Study& study) {
    std::vector<std::string> all;
    for (const Series& series : study.series) {
        for (const SliceHeader& slice : series.slices) {
            for (const std::string& assumed : slice.assumptions) {
                if (std::ranges::find(all, assumed) == all.end()) {
                    all.push_back(assumed);
                }
            }
        }
    }
    return all;
}

std::string_view series_kind_name(SeriesKind kind) {
    switch (kind) {
        case SeriesKind::axial_t2: return "axial T2";
        case SeriesKind::sagittal_t2: return "sagittal T2";
        case SeriesKind::other: break;
    }
    return "other";
}

InspectedStudy inspect_study(const Study& study,
                             const SliceRequest& request,
                             const ClassifyOptions& classify,
                             Models& models) {
    ClassifiedStudy classified = classify_study(study, classify);
    InspectedStudy inspected{.study = &study};
    inspected.assumptions = assumptions_of(study);
    inspected.choice = choice_of(classified, request, models, inspected.spine);
    for (const ClassifiedStack& each : classified.stacks) {
        InspectedStack& entry = inspected.stacks.emplace_back();
        entry.series_uid = each.series->series_uid;
        entry.description = each.series->description;
        entry.series_number = each.series->series_number;
        entry.classification = each.classification;
        for (const SliceHeader* const slice : each.stack.slices) {
            entry.slices.push_back(*slice);
        }
    }
    return inspected;
}

}  // namespace paraspinal

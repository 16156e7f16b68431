// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/inspect_study.h"

#include "pipeline/study/analyze_slice.h"
#include "pipeline/study/analyze_study.h"

#include <algorithm>
#include <exception>

namespace paraspinal {
namespace {

// Goes the way of `measure` and leaves what was found on it in `inspected`; the stacks are as the
// pixels have them, where these were asked.
InspectedChoice choice_of(InspectedStudy& inspected,
                          ClassifiedStudy& classified,
                          const AnalyzeOptions& options,
                          Models& models) {
    InspectedChoice choice;
    try {
        leave_out_if_it_crashed(*inspected.study);
        PreparedStudy prepared = prepare_study(*inspected.study, options, models);
        classified = prepared.classified;
        inspected.spine = prepared.spine;
        if (prepared.spine_failure) {
            std::rethrow_exception(prepared.spine_failure);
        }
        const ChosenSlice chosen = choose_slice(prepared.classified, options.slice, prepared.spine);
        choice = {.series_uid = chosen.series->series_uid,
                  .slice_uid = slice_uid(*chosen.slice),
                  .level = chosen.level};
        choice.flags = analyze_slice(prepared, chosen, options, models).flags;
    } catch (const Error& error) {
        choice.refusal = error.code();
        choice.message = error.message();
    }
    return choice;
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
    AnalyzeOptions options;
    options.slice = request;
    options.classify = classify;
    inspected.choice = choice_of(inspected, classified, options, models);
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

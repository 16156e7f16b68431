// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/analyze_study.h"

#include "io/read_slice.h"
#include "pipeline/study/check_fat.h"
#include "pipeline/study/check_outlines.h"
#include "pipeline/study/classify_study.h"
#include "pipeline/study/find_spine.h"
#include "pipeline/study/match_drawing.h"
#include "pipeline/study/outline_slice.h"

#include <algorithm>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace paraspinal {
namespace {

std::vector<QcFlag> sorted(std::vector<QcFlag> flags, const std::vector<QcFlag>& more) {
    flags.insert(flags.end(), more.begin(), more.end());
    std::ranges::stable_sort(flags, {}, &QcFlag::name);
    return flags;
}

StudyIdentity identity(const Study& study) {
    return {.patient = study.patient, .study_uid = study.study_uid, .study_date = study.study_date};
}

// OpenCV and ITK have exceptions of their own for it, told apart here by their words, so that
// neither library's headers are needed.
bool is_memory_error(const std::exception& error) {
    const std::string_view text = error.what();
    return dynamic_cast<const std::bad_alloc*>(&error) != nullptr ||
           text.find("Insufficient memory") != std::string_view::npos ||
           text.find("Failed to allocate memory") != std::string_view::npos;
}

}  // namespace

StudyReport analyze_study(const Study& study, const AnalyzeOptions& options, Models& models) {
    SliceRequest request = options.slice;
    if (options.own_outlines) {
        request.drawn_on = slices_drawn_on(*options.own_outlines, study, request.series_uid);
    }
    // Who names the slice, or draws on one, has settled the level.
    const bool is_settled = request.slice_uid || request.drawn_on.size() == 1;
    const ClassifiedStudy classified = classify_study(study);
    const std::optional<SpineView> spine =
        is_settled ? std::nullopt : find_spine(classified, models.vertebrae);
    const ChosenSlice chosen = choose_slice(classified, request, spine);
    return within("slice " + slice_uid(*chosen.slice), [&] {
        const ImageSlice slice = read_slice(*chosen.slice);
        const SliceOutlines outlined =
            outline_slice(slice, chosen, options.own_outlines, models.outline);
        const Outlines& outlines = outlined.outlines;
        const std::vector<QcFlag> doubts = sorted(outlined.flags, check_outlines(outlines, slice));
        FatMeasurement fat = measure_fat(slice, outlines, options.measure);
        std::vector<QcFlag> flags = sorted(sorted(chosen.flags, doubts), check_fat(fat));
        return StudyReport{
            .study = identity(study),
            .series_uid = chosen.series->series_uid,
            .slice_uid = slice_uid(*chosen.slice),
            .series_description = chosen.series->description,
            .source = *chosen.slice,
            .level = chosen.level,
            .level_view = chosen.view,
            .slice = slice,
            .outline_source = outlined.source,
            .outline_model = outlined.model,
            .outlines = {.labels = std::move(fat.labels), .confidence = outlines.confidence},
            .bias_corrected = options.measure.bias.enabled,
            .fat_threshold = fat.threshold,
            .fat = std::move(fat.fat),
            .measurement = std::move(fat.measurement),
            .fat_evidence = std::move(fat.evidence),
            .intervals = fat.intervals,
            .flags = std::move(flags),
        };
    });
}

StudyFailure study_failure(const StudyIdentity& study, const std::exception& error) {
    if (const auto* const known = dynamic_cast<const Error*>(&error)) {
        return {.study = study, .code = known->code(), .message = known->what()};
    }
    const std::string place = "study " + study.study_uid + ": ";
    if (is_memory_error(error)) {
        return {.study = study,
                .code = ErrorCode::out_of_memory,
                .message = place + "there is not enough memory for this study"};
    }
    return {.study = study,
            .code = ErrorCode::internal,
            .message = place + "internal error: " + error.what()};
}

StudyOutcome study_outcome(const Study& study, const AnalyzeOptions& options, Models& models) {
    try {
        return within("study " + study.study_uid,
                      [&] { return analyze_study(study, options, models); });
    } catch (const std::exception& error) {
        return study_failure(identity(study), error);
    }
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/study_result.h"

#include "pipeline/study/analyze_study.h"

#include <exception>
#include <memory>
#include <utility>

namespace paraspinal {
namespace {

template <class Work>
StudyOutcome outcome_of(const Study& study, const Work& work) {
    const StudyIdentity identity = identity_of(study);
    try {
        return within(study_place(study.study_uid, identity.file), work);
    } catch (const std::exception& error) {
        return study_failure(identity, error);
    }
}

void add_every_slice(FurtherSlices& further,
                     const PreparedStudy& prepared,
                     const AnalyzeOptions& options,
                     Models& models) {
    std::string why_not;
    const std::optional<SpineAxis> axis = spine_axis(prepared, why_not);
    try {
        further.slices = analyze_every_slice(prepared, axis, why_not, options, models);
    } catch (const Error&) {
        return;  // There is none, which is why the study failed: its row says so.
    }
    further.volumes = spine_volumes(further.slices, axis, why_not);
}

}  // namespace

FurtherSlices without_slices(const std::vector<std::string>& levels) {
    FurtherSlices further;
    for (const std::string& level : levels) {
        further.levels.push_back({.level = level, .own = {}});
    }
    return further;
}

std::optional<AlternativeLevel> measure_alternative(const PreparedStudy& prepared,
                                                    const LevelEvidence& level,
                                                    const AnalyzeOptions& options,
                                                    Models& models) {
    if (level.alternatives.empty()) {
        return std::nullopt;
    }
    AlternativeLevel other{
        .vertebra = level.alternatives.front().vertebra, .report = {}, .failure = {}};
    StudyOutcome outcome = outcome_of(*prepared.study, [&] {
        PreparedStudy counted = prepared;
        Spine& spine = counted.spine.value().spine;
        spine = recounted(spine, spine.other_shifts.front());
        return analyze_level(counted, level.level, options, models);
    });
    if (auto* const report = std::get_if<StudyReport>(&outcome)) {
        other.report = std::make_shared<const StudyReport>(std::move(*report));
    } else {
        other.failure = std::get<StudyFailure>(outcome).message;
    }
    return other;
}

StudyResult study_result(const Study& study, const AnalyzeOptions& options, Models& models) {
    std::optional<PreparedStudy> prepared;
    StudyResult result{.outcome = outcome_of(study,
                                             [&] {
                                                 leave_out_if_it_crashed(study);
                                                 prepared = prepare_study(study, options, models);
                                                 return analyze_study(*prepared, options, models);
                                             }),
                       .further = without_slices(options.levels)};
    if (auto* const report = std::get_if<StudyReport>(&result.outcome)) {
        report->alternative = measure_alternative(*prepared, report->level, options, models);
    } else {
        result.further.failure = error_name(std::get<StudyFailure>(result.outcome).code);
    }
    for (LevelOutcome& one : result.further.levels) {
        if (prepared && one.level != options.slice.level) {
            one.own = outcome_of(
                study, [&] { return analyze_level(*prepared, one.level, options, models); });
        }
    }
    if (prepared) {
        result.further.spine = prepared->spine;
    }
    if (prepared && options.every_slice) {
        add_every_slice(result.further, *prepared, options, models);
    }
    return result;
}

}  // namespace paraspinal

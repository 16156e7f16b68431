// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/series/classify_study.h"

#include "core/error.h"

#include <algorithm>
#include <utility>

namespace paraspinal {
namespace {

void require_series(const Study& study, const std::optional<std::string>& uid) {
    const auto is_named = [&uid](const Series& series) { return series.series_uid == *uid; };
    if (uid && !study.series.empty() && std::ranges::none_of(study.series, is_named)) {
        throw Error(ErrorCode::series_not_found,
                    "this study has no series " + *uid +
                        "; 'paraspinal inspect' lists those it "
                        "has");
    }
}

// The header has the word: what it states is measured, and the operator may err about a UID.
void say_that_header_rules(ClassifiedStack& each, bool is_named, const std::string& option) {
    Classification& found = each.classification;
    if (is_named && found.kind == SeriesKind::other && found.code == ErrorCode::not_t2_weighted) {
        found.reason += ", which its header states, so that " + option +
                        " cannot make it T2; --slice UID measures one of its slices, flagged";
    }
}

// Who names one series of a kind means no other of that kind.
void leave_out_others(ClassifiedStack& each,
                      SeriesKind kind,
                      const std::optional<std::string>& uid,
                      const std::string& option) {
    if (uid && each.classification.kind == kind && each.series->series_uid != *uid) {
        each.classification = {.code = ErrorCode::series_not_found,
                               .reason = "not the series that " + option + " names"};
    }
}

}  // namespace

ClassifiedStudy classify_study(const Study& study, const ClassifyOptions& options) {
    require_series(study, options.axial_t2_uid);
    require_series(study, options.sagittal_t2_uid);
    ClassifiedStudy classified{.study = &study, .stacks = {}};
    for (const Series& series : study.series) {
        const SeriesStatement statement{
            .description = description_in(options.series_table, study.study_uid, series),
            .is_axial_t2 = options.axial_t2_uid == series.series_uid,
            .is_sagittal_t2 = options.sagittal_t2_uid == series.series_uid};
        for (Stack& stack : split_stacks(series)) {
            Classification classification = classify(series, stack, statement);
            ClassifiedStack& each = classified.stacks.emplace_back(ClassifiedStack{
                .series = &series, .stack = std::move(stack), .classification = classification});
            say_that_header_rules(each, statement.is_axial_t2, "--axial-t2");
            say_that_header_rules(each, statement.is_sagittal_t2, "--sagittal-t2");
            leave_out_others(each, SeriesKind::axial_t2, options.axial_t2_uid, "--axial-t2");
            leave_out_others(
                each, SeriesKind::sagittal_t2, options.sagittal_t2_uid, "--sagittal-t2");
        }
    }
    return classified;
}

}  // namespace paraspinal

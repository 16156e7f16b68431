// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "pipeline/study/series/same_place.h"
#include "pipeline/study/series/slice_refusals_internal.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <set>

namespace paraspinal {
namespace {

// " 5 images of this study cannot be read (5 color image, not grayscale)."
std::string left_out_text(const Study& study) {
    std::map<std::string, int> count_of_reason;
    for (const SkippedFile& file : study.left_out) {
        ++count_of_reason[file.reason];
    }
    std::string reasons;
    for (const auto& [reason, count] : count_of_reason) {
        reasons += (reasons.empty() ? "" : "; ") + std::to_string(count) + " " + reason;
    }
    return reasons.empty() ? reasons
                           : std::to_string(study.left_out.size()) +
                                 " images of this study cannot be read (" + reasons + "). ";
}

// Why nothing was found: images that cannot be read may have been what is missing. Else, where all
// that is not wanted has one and the same fault, that fault is the reason.
ErrorCode code_of(const Study& study, const std::set<ErrorCode>& faults) {
    if (!study.left_out.empty()) {
        return study.left_out.front().code;
    }
    return faults.size() == 1 ? *faults.begin() : ErrorCode::no_axial_t2;
}

std::vector<const SliceHeader*> slices_of(const std::vector<Candidate>& candidates) {
    std::vector<const SliceHeader*> slices;
    std::ranges::transform(candidates, std::back_inserter(slices), &Candidate::slice);
    return slices;
}

}  // namespace

void refuse_without_axial_t2(const Study& study, const std::vector<Candidate>& all) {
    if (all.empty()) {
        throw Error(code_of(study, {ErrorCode::no_images_found}),
                    "no image to measure. " + left_out_text(study) + "Export the original images");
    }
    std::set<ErrorCode> faults;
    std::set<std::string> reasons;
    for (const Candidate& candidate : all) {
        const std::string series = "series " + std::to_string(candidate.series->series_number);
        if (candidate.classification.kind == SeriesKind::sagittal_t2) {
            reasons.insert(series + ": sagittal T2");
        } else {
            reasons.insert(series + ": " + candidate.classification.reason);
            faults.insert(candidate.classification.code);
        }
    }
    std::string text;
    for (const std::string& reason : reasons) {
        text += (text.empty() ? "" : "; ") + reason;
    }
    throw Error(code_of(study, faults),
                "no axial T2 slice to measure (" + text + "). " + left_out_text(study) +
                    "To measure one all the same, name it with --slice");
}

void refuse_to_guess(const Study& study,
                     const std::vector<Candidate>& axial,
                     const std::string& why) {
    throw Error(ErrorCode::level_not_found,
                "which of " + short_list(slices_of(axial)) + " is meant is not known: " + why +
                    ". Name the slice parallel to the inferior endplate with --slice UID; "
                    "'paraspinal inspect --slices' lists all of them with their places. " +
                    left_out_text(study));
}

void refuse_one_place_for_all(const std::vector<Candidate>& axial) {
    constexpr std::size_t kFewest = 3;
    std::map<const Series*, std::vector<Candidate>> by_series;
    for (const Candidate& each : axial) {
        by_series[each.series].push_back(each);
    }
    for (const auto& [series, members] : by_series) {
        const SliceHeader& first = *members.front().slice;
        if (members.size() >= kFewest &&
            std::ranges::all_of(members, [&first](const Candidate& each) {
                return are_at_same_place(first, *each.slice);
            })) {
            throw Error(ErrorCode::level_not_found,
                        "all of " + short_list(slices_of(members)) + " of series " +
                            std::to_string(series->series_number) +
                            " state the same position, so that their places are not known; name "
                            "the slice with --slice, or export the original images");
        }
    }
}

}  // namespace paraspinal

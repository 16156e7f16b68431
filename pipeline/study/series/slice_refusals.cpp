// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "io/find_studies.h"
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
    return study.left_out.empty()
               ? std::string()
               : std::to_string(study.left_out.size()) + " images of this study cannot be read (" +
                     reasons_text(study.left_out) + "). ";
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

// A study may have forty series.
std::string first_of(const std::set<std::string>& reasons) {
    constexpr std::size_t kListed = 5;
    std::string text;
    for (auto reason = reasons.begin(); reason != reasons.end(); ++reason) {
        const auto index = static_cast<std::size_t>(std::distance(reasons.begin(), reason));
        if (index == kListed) {
            return text + "; and " + std::to_string(reasons.size() - kListed) +
                   " more, which 'paraspinal inspect' lists";
        }
        text += (index == 0 ? "" : "; ") + *reason;
    }
    return text;
}

// Whether --slice would measure it.
bool may_be_named(const Candidate& candidate) {
    const ErrorCode code = candidate.classification.code;
    return candidate.classification.kind == SeriesKind::other &&
           (code == ErrorCode::not_t2_weighted || code == ErrorCode::weighting_unknown) &&
           candidate.slice->plane && candidate.slice->spacing &&
           degrees_off_axial(*candidate.slice) <= kMaxTiltDeg;
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
    throw Error(code_of(study, faults),
                "no axial T2 slice to measure (" + first_of(reasons) + "). " +
                    left_out_text(study) +
                    (std::ranges::any_of(all, may_be_named)
                         ? "To measure one all the same, name it with --slice"
                         : "Export the original plain axial T2 series"));
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

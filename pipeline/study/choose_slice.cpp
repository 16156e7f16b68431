// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/choose_slice.h"

#include "core/error.h"
#include "pipeline/study/find_level.h"
#include "pipeline/study/same_place.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace paraspinal {
namespace {

struct Candidate {
    const Series* series = nullptr;
    const SliceHeader* slice = nullptr;
    Classification classification;
};

// Every slice of the study, or of the series that the operator named, with what its stack is.
std::vector<Candidate> candidates(const ClassifiedStudy& study, const SliceRequest& request) {
    std::vector<Candidate> found;
    for (const ClassifiedStack& each : study.stacks) {
        if (!request.series_uid || *request.series_uid == each.series->series_uid) {
            for (const SliceHeader* slice : each.stack.slices) {
                found.push_back({each.series, slice, each.classification});
            }
        }
    }
    const bool series_exists =
        !request.series_uid || std::ranges::any_of(study.study->series, [&](const Series& series) {
            return series.series_uid == *request.series_uid;
        });
    if (!series_exists) {
        throw Error(ErrorCode::series_not_found,
                    "this study has no series " + request.series_uid.value_or("") +
                        "; 'paraspinal inspect' lists those it has");
    }
    return found;
}

bool is_axial(const Candidate& candidate) {
    return candidate.slice->plane && degrees_off_axial(*candidate.slice) <= kMaxTiltDeg;
}

// What must be flagged about a slice that is measured although it may not be T2-weighted.
std::vector<QcFlag> weighting_flags(const Classification& classification) {
    if (classification.kind == SeriesKind::axial_t2) {
        return classification.flags;
    }
    const bool is_unknown = classification.code == ErrorCode::weighting_unknown;
    return {{is_unknown ? Flag::weighting_unknown : Flag::not_t2_weighted, classification.reason}};
}

ChosenSlice operator_choice(const Candidate& named, const std::string& level) {
    const Classification& classification = named.classification;
    const bool may_be_measured = classification.kind == SeriesKind::axial_t2 ||
                                 classification.code == ErrorCode::not_t2_weighted ||
                                 classification.code == ErrorCode::weighting_unknown;
    const std::string start = "the slice that --slice or your outlines name cannot be measured: ";
    if (!may_be_measured) {
        throw Error(classification.code, start + classification.reason);
    }
    if (!is_axial(named)) {
        throw Error(ErrorCode::not_axial, start + "it is not axial");
    }
    return {.series = named.series,
            .slice = named.slice,
            .level = {.level = level, .source = LevelSource::operator_choice},
            .flags = weighting_flags(classification)};
}

ChosenSlice named_slice(const std::vector<Candidate>& all,
                        const std::string& uid,
                        const SliceRequest& request) {
    const auto is_named = [&uid](const Candidate& candidate) {
        return slice_uid(*candidate.slice) == uid;
    };
    const auto named = std::ranges::find_if(all, is_named);
    if (std::ranges::count_if(all, is_named) > 1) {
        throw Error(ErrorCode::slice_not_found,
                    "several slices of this study have the UID " + uid +
                        "; name the series as well, with --series, or give the file alone");
    }
    if (named == all.end()) {
        throw Error(
            ErrorCode::slice_not_found,
            "no slice " + uid + " here; 'paraspinal inspect' lists the slices of each series");
    }
    return operator_choice(*named, request.level);
}

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

[[noreturn]] void refuse_without_axial_t2(const Study& study, const std::vector<Candidate>& all) {
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

std::vector<const SliceHeader*> slices_of(const std::vector<Candidate>& candidates) {
    std::vector<const SliceHeader*> slices;
    std::ranges::transform(candidates, std::back_inserter(slices), &Candidate::slice);
    return slices;
}

[[noreturn]] void refuse_to_guess(const Study& study,
                                  const std::vector<Candidate>& axial,
                                  const std::string& why) {
    throw Error(ErrorCode::level_not_found,
                "which of " + short_list(slices_of(axial)) + " is meant is not known: " + why +
                    ". Name the slice parallel to the inferior endplate with --slice UID; "
                    "'paraspinal inspect --slices' lists all of them with their places. " +
                    left_out_text(study));
}

// An exporter that writes one position into all leaves nothing to find a level by.
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

std::vector<const SliceHeader*> rivals_of(const Candidate& chosen,
                                          const std::vector<Candidate>& axial) {
    std::vector<const SliceHeader*> rivals;
    for (const Candidate& each : axial) {
        if (each.slice != chosen.slice && are_at_same_place(*chosen.slice, *each.slice)) {
            rivals.push_back(each.slice);
        }
    }
    return rivals;
}

// Axial T2 slices; where there are none, axial slices of which nobody knows the weighting.
std::vector<Candidate> eligible(const std::vector<Candidate>& all) {
    std::vector<Candidate> axial;
    std::ranges::copy_if(all, std::back_inserter(axial), [](const Candidate& candidate) {
        return candidate.classification.kind == SeriesKind::axial_t2;
    });
    if (axial.empty()) {
        std::ranges::copy_if(all, std::back_inserter(axial), [](const Candidate& candidate) {
            return candidate.classification.kind == SeriesKind::other &&
                   candidate.classification.code == ErrorCode::weighting_unknown &&
                   is_axial(candidate);
        });
    }
    return axial;
}

std::vector<Candidate> drawn_on(const std::vector<Candidate>& axial,
                                const std::vector<std::string>& uids) {
    std::vector<Candidate> drawn;
    std::ranges::copy_if(axial, std::back_inserter(drawn), [&uids](const Candidate& candidate) {
        return std::ranges::find(uids, slice_uid(*candidate.slice)) != uids.end();
    });
    if (drawn.empty()) {
        throw Error(ErrorCode::outline_mismatch,
                    "your outlines lie on several slices, none of them axial T2; name one with "
                    "--slice");
    }
    return drawn;
}

ChosenSlice found_on(const SpineView& spine,
                     const std::vector<Candidate>& axial,
                     const std::string& level) {
    std::vector<AxialSlice> slices;
    LevelView view{.sagittal = spine};
    for (const Candidate& each : axial) {
        slices.push_back({.series = each.series, .slice = each.slice});
        view.axial.push_back({.plane = *each.slice->plane,
                              .spacing = *each.slice->spacing,
                              .size = each.slice->size});
    }
    FoundLevel found = find_level(spine, slices, level);
    view.chosen = found.index;
    const Candidate& chosen = axial[found.index];
    std::vector<QcFlag> flags = weighting_flags(chosen.classification);
    flags.insert(flags.end(), found.flags.begin(), found.flags.end());
    if (!spine.is_known_t2) {
        flags.push_back({Flag::level_uncertain,
                         "the level was found on series " + spine.series_uid +
                             ", of which nothing says that it is T2-weighted; --sagittal-t2 does"});
    }
    return {.series = chosen.series,
            .slice = chosen.slice,
            .level = std::move(found.level),
            .flags = std::move(flags),
            .view = std::move(view),
            .rivals = rivals_of(chosen, axial)};
}

ChosenSlice single_slice(const Candidate& only, const std::string& level, const std::string& why) {
    std::vector<QcFlag> flags = weighting_flags(only.classification);
    flags.push_back({Flag::level_not_verified,
                     "this is the study's only axial T2 slice; nothing shows that it lies at the "
                     "inferior endplate of " +
                         level + ": " + why});
    return {.series = only.series,
            .slice = only.slice,
            .level = {.level = level, .source = LevelSource::single_slice},
            .flags = std::move(flags)};
}

}  // namespace

ChosenSlice choose_slice(const ClassifiedStudy& study,
                         const SliceRequest& request,
                         const std::optional<SpineView>& spine) {
    const std::vector<Candidate> all = candidates(study, request);
    if (request.slice_uid) {
        return named_slice(all, *request.slice_uid, request);
    }
    if (request.drawn_on.size() == 1) {
        return named_slice(all, request.drawn_on.front(), request);
    }
    std::vector<Candidate> axial = eligible(all);
    if (axial.empty()) {
        refuse_without_axial_t2(*study.study, all);
    }
    if (!request.drawn_on.empty()) {
        axial = drawn_on(axial, request.drawn_on);
        if (axial.size() == 1) {
            return operator_choice(axial.front(), request.level);
        }
    }
    refuse_one_place_for_all(axial);
    std::string why_not = "there is no sagittal T2 series to find the level on";
    if (spine) {
        const std::optional<std::string> reason = why_level_is_not_shown(*spine, request.level);
        // Nothing can be chosen among one slice, so that names in doubt need not refuse it.
        const bool is_only_in_doubt = axial.size() == 1 && !spine->spine.doubts.empty();
        if (!reason && !is_only_in_doubt) {
            return found_on(*spine, axial, request.level);
        }
        why_not = reason ? *reason
                         : "the vertebrae on the sagittal series cannot be named without doubt: " +
                               spine->spine.doubts.front().detail;
    }
    if (axial.size() > 1) {
        refuse_to_guess(*study.study, axial, why_not);
    }
    return single_slice(axial.front(), request.level, why_not);
}

}  // namespace paraspinal

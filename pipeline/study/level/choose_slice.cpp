// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/level/choose_slice.h"

#include "core/error.h"
#include "pipeline/study/level/find_level.h"
#include "pipeline/study/level/missing_slice.h"
#include "pipeline/study/series/same_place.h"
#include "pipeline/study/series/slice_refusals_internal.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace paraspinal {
namespace {

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

// Slices of the series of `axial` that would be among them but for where they lie.
std::vector<Candidate> refused_beside(const std::vector<Candidate>& axial,
                                      const std::vector<Candidate>& all) {
    std::vector<Candidate> refused;
    std::ranges::copy_if(all, std::back_inserter(refused), [&axial](const Candidate& each) {
        const ErrorCode code = each.classification.code;
        return each.classification.kind == SeriesKind::other &&
               (code == ErrorCode::not_axial || code == ErrorCode::missing_geometry ||
                code == ErrorCode::missing_pixel_spacing) &&
               std::ranges::find(axial, each.series, &Candidate::series) != axial.end();
    });
    return refused;
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

// What a level that no slice shows may be missing for.
std::string refused_text(const std::vector<Candidate>& refused) {
    std::vector<const SliceHeader*> slices;
    std::ranges::transform(refused, std::back_inserter(slices), &Candidate::slice);
    return "; " + short_list(slices) + " beside them cannot be measured (" +
           refused.front().classification.reason + ")";
}

ChosenSlice found_on(const Study& study,
                     const SpineView& spine,
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
    if (const auto missing = nearer_slice_missing(study, slices, found)) {
        flags.push_back(*missing);
    }
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
            try {
                return found_on(*study.study, *spine, axial, request.level);
            } catch (const Error& error) {
                const std::vector<Candidate> refused = refused_beside(axial, all);
                if (error.code() != ErrorCode::level_not_covered || refused.empty()) {
                    throw;
                }
                throw Error(error.code(), error.message() + refused_text(refused));
            }
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

std::vector<ChosenSlice> every_axial_slice(const ClassifiedStudy& study,
                                           const SliceRequest& request) {
    const std::vector<Candidate> all = candidates(study, request);
    const std::vector<Candidate> axial = eligible(all);
    if (axial.empty()) {
        refuse_without_axial_t2(*study.study, all);
    }
    std::vector<ChosenSlice> slices;
    for (const Candidate& each : axial) {
        slices.push_back({.series = each.series,
                          .slice = each.slice,
                          .level = {},
                          .flags = weighting_flags(each.classification),
                          .view = {},
                          .rivals = rivals_of(each, axial)});
    }
    for (const Candidate& each : refused_beside(axial, all)) {
        slices.push_back(
            {.series = each.series, .slice = each.slice, .refusal = each.classification});
    }
    return slices;
}

}  // namespace paraspinal

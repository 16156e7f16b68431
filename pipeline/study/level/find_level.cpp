// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/level/find_level.h"

#include "core/error.h"
#include "core/quantile.h"
#include "core/text.h"
#include "pipeline/study/series/same_place.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

namespace paraspinal {
namespace {

VertebraCount count_of(const std::string& level) {
    for (VertebraCount count = 0; count < 5; ++count) {
        if (vertebra_name(count) == level) {
            return count;
        }
    }
    throw Error(ErrorCode::usage, "'" + level + "' is no lumbar vertebra; L1 to L5 are");
}

bool holds(const SliceHeader& slice, const Vec3& place_mm) {
    const PixelPosition at = pixel_from_patient(*slice.plane, *slice.spacing, place_mm);
    return at.row >= 0 && at.row <= slice.size.rows - 1 && at.col >= 0 &&
           at.col <= slice.size.cols - 1;
}

// What was acquired later at one place was acquired for a reason, such as motion. Slices come in
// the order of their series and numbers.
bool is_repeat(const SliceHeader& later, const SliceHeader& earlier) {
    return are_at_same_place(later, earlier);
}

struct Nearest {
    std::size_t index = 0;
    SlicePosition position;
};

// The usable slice nearest to the endplate of `vertebra`, if one passes within its height.
std::optional<Nearest> nearest_slice(const Vertebra* vertebra,
                                     const std::vector<AxialSlice>& slices,
                                     const std::vector<bool>& is_usable) {
    std::optional<Nearest> nearest;
    if (vertebra == nullptr || !vertebra->inferior_endplate) {
        return nearest;
    }
    const Plane& endplate = vertebra->inferior_endplate->plane;
    for (std::size_t i = 0; i < slices.size(); ++i) {
        if (!is_usable[i] || !holds(*slices[i].slice, endplate.point_mm)) {
            continue;
        }
        const SlicePosition position = position_of(*slices[i].slice->plane, endplate);
        const double distance_mm = std::abs(position.offset_mm);
        const bool is_nearer = !nearest || distance_mm < std::abs(nearest->position.offset_mm) ||
                               is_repeat(*slices[i].slice, *slices[nearest->index].slice);
        if (distance_mm <= vertebra->place.height_mm && is_nearer) {
            nearest = {.index = i, .position = position};
        }
    }
    return nearest;
}

// Slices in the scanner coordinates of the sagittal series; all of them when none says so.
std::vector<bool> usable(const std::vector<AxialSlice>& slices, const std::string& frame_uid) {
    std::vector<bool> shares(slices.size());
    std::transform(slices.begin(), slices.end(), shares.begin(), [&](const AxialSlice& each) {
        return !frame_uid.empty() && each.series->frame_of_reference_uid == frame_uid;
    });
    if (std::ranges::none_of(shares, [](bool shared) { return shared; })) {
        shares.assign(slices.size(), true);
    }
    return shares;
}

std::string seen_text(const Spine& spine) {
    if (spine.vertebrae.empty()) {
        return "no vertebra was found on it";
    }
    return "it shows " + spine.vertebrae.front().name() + " to " + spine.vertebrae.back().name();
}

std::string position_text(const SlicePosition& position) {
    return fixed_text(std::abs(position.offset_mm), 1) + " mm " +
           (position.offset_mm < 0 ? "below" : "above");
}

std::vector<LevelAlternative> alternatives(const SpineView& view,
                                           const std::vector<AxialSlice>& slices,
                                           const std::vector<bool>& is_usable,
                                           VertebraCount count) {
    std::vector<LevelAlternative> all;
    for (const int shift : view.spine.other_shifts) {
        LevelAlternative& other =
            all.emplace_back(LevelAlternative{.vertebra = vertebra_name(count - shift)});
        if (const auto nearest = nearest_slice(view.spine.at(count - shift), slices, is_usable)) {
            other.slice_uid = slice_uid(*slices[nearest->index].slice);
            other.position = nearest->position;
        }
    }
    return all;
}

std::string may_be_called(const LevelEvidence& evidence, const std::string& others) {
    return "; the true " + evidence.level + " may be what is called " + others + " here";
}

// Doubts of all kinds but that of transitional anatomy.
std::optional<QcFlag> uncertain(const SpineView& view, const LevelEvidence& evidence) {
    std::string text;
    for (const NamingDoubt& doubt : view.spine.doubts) {
        if (doubt.name != kTransitionalDoubt) {
            text += (text.empty() ? "" : "; ") + doubt.detail;
        }
    }
    if (text.empty()) {
        return std::nullopt;
    }
    std::string others;
    for (const LevelAlternative& other : evidence.alternatives) {
        others += (others.empty() ? "" : " or ") + other.vertebra;
    }
    return QcFlag{Flag::level_uncertain,
                  text + (others.empty() ? "" : may_be_called(evidence, others))};
}

std::optional<QcFlag> transitional(const SpineView& view,
                                   const LevelEvidence& evidence,
                                   VertebraCount count) {
    const auto doubt = std::ranges::find(view.spine.doubts, kTransitionalDoubt, &NamingDoubt::name);
    if (doubt == view.spine.doubts.end()) {
        return std::nullopt;
    }
    return QcFlag{Flag::transitional_suspected,
                  doubt->detail + may_be_called(evidence, vertebra_name(count + 1)) +
                      "; --level-offset -1 counts so"};
}

std::vector<QcFlag> flags_of(const SpineView& view,
                             const AxialSlice& chosen,
                             const LevelEvidence& evidence,
                             const SlicePosition& position) {
    std::vector<QcFlag> flags;
    for (std::optional<QcFlag>& doubt : std::array{
             uncertain(view, evidence), transitional(view, evidence, count_of(evidence.level))}) {
        if (doubt) {
            flags.push_back(std::move(*doubt));
        }
    }
    const std::string& frame_uid = view.frame_of_reference_uid;
    if (frame_uid.empty() || chosen.series->frame_of_reference_uid != frame_uid) {
        flags.push_back({Flag::frame_of_reference_differs,
                         "the axial and the sagittal series do not state that they share one frame "
                         "of reference; if the patient moved between them, the level is wrong"});
    }
    if (std::abs(position.offset_mm) > kFarMm) {
        flags.push_back({Flag::slice_far_from_level,
                         "the nearest slice passes " + position_text(position) +
                             " the inferior endplate of " + evidence.level});
    }
    if (position.tilt_deg > kTiltedDeg) {
        flags.push_back({Flag::slice_tilted,
                         "the slice is tilted by " + fixed_text(position.tilt_deg, 1) +
                             " degrees against the inferior endplate of " + evidence.level});
    }
    return flags;
}

// Between the centers of neighbors; 0 where there are too few to tell.
double median_step_mm(const Spine& spine) {
    constexpr std::size_t kFewest = 3;
    std::vector<double> steps_mm;
    for (std::size_t i = 1; i < spine.vertebrae.size(); ++i) {
        steps_mm.push_back(
            length(spine.vertebrae[i].place.center_mm - spine.vertebrae[i - 1].place.center_mm));
    }
    return spine.vertebrae.size() < kFewest ? 0 : quantile(steps_mm, 0.5);
}

}  // namespace

SlicePosition position_of(const ImagePlane& slice, const Plane& endplate) {
    return {.offset_mm = -signed_distance_mm(plane_of(slice, endplate.normal), endplate.point_mm),
            .tilt_deg = line_angle_deg(normal(slice), endplate.normal)};
}

std::optional<std::string> why_not_lumbar(const Spine& spine) {
    const double step_mm = median_step_mm(spine);
    if (step_mm > 0 && step_mm < kLeastLumbarStepMm) {
        return "the sagittal series shows no lumbar spine of an adult: its vertebrae follow each "
               "other every " +
               fixed_text(step_mm, 0) + " mm, as those of the neck do, lumbar ones every 33 to 39";
    }
    return std::nullopt;
}

std::optional<std::string> why_level_is_not_shown(const SpineView& view, const std::string& level) {
    if (const std::optional<std::string> reason = why_not_lumbar(view.spine)) {
        return reason;
    }
    const Vertebra* const vertebra = view.spine.at(count_of(level));
    if (vertebra != nullptr && vertebra->inferior_endplate) {
        return std::nullopt;
    }
    return "the sagittal series does not show the inferior endplate of " + level + " (" +
           seen_text(view.spine) + ")";
}

FoundLevel find_level(const SpineView& view,
                      const std::vector<AxialSlice>& slices,
                      const std::string& level) {
    if (const std::optional<std::string> reason = why_level_is_not_shown(view, level)) {
        throw Error(ErrorCode::level_not_found, *reason);
    }
    const VertebraCount count = count_of(level);
    const Vertebra* const vertebra = view.spine.at(count);
    const std::vector<bool> is_usable = usable(slices, view.frame_of_reference_uid);
    const std::optional<Nearest> nearest = nearest_slice(vertebra, slices, is_usable);
    if (!nearest) {
        throw Error(ErrorCode::level_not_covered,
                    "no axial slice passes within " + fixed_text(vertebra->place.height_mm, 0) +
                        " mm, the height of the vertebra, of the inferior endplate of " + level +
                        (view.spine.doubts.empty()
                             ? ""
                             : "; the names of the vertebrae are in doubt, so name the slice with "
                               "--slice if you know it (" +
                                   view.spine.doubts.front().detail + ")"));
    }
    FoundLevel found{.index = nearest->index,
                     .level = {.level = level,
                               .source = LevelSource::sagittal,
                               .confidence = vertebra->confidence,
                               .slice_offset_mm = nearest->position.offset_mm,
                               .slice_tilt_deg = nearest->position.tilt_deg,
                               .endplate = vertebra->inferior_endplate,
                               .level_offset = view.spine.operator_shift,
                               .alternatives = alternatives(view, slices, is_usable, count)}};
    found.flags = flags_of(view, slices[found.index], found.level, nearest->position);
    return found;
}

}  // namespace paraspinal

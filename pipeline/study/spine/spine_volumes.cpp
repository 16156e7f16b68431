// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/spine/spine_volumes.h"

#include "core/error.h"

#include <algorithm>
#include <set>

namespace paraspinal {
namespace {

using Volume = std::variant<MuscleVolume, VolumeFailure>;

// The muscles of a row, and the endplates it lies between.
struct Stretch {
    std::vector<Structure> muscles;
    VertebraCount upper = 0;
    VertebraCount lower = 0;
};

std::vector<MuscleSection> sections_of(const std::vector<SliceOutcome>& slices, Structure muscle) {
    std::vector<MuscleSection> sections;
    for (const SliceOutcome& slice : slices) {
        const auto found = slice.sections.find(muscle);
        if (slice.place && found != slice.sections.end()) {
            sections.push_back(found->second);
        }
    }
    return sections;
}

void add(MuscleVolume& sum, const MuscleVolume& part) {
    const bool is_first = sum.sections == 0;
    sum.volume_mm3 += part.volume_mm3;
    sum.integration_error_mm3 += part.integration_error_mm3;
    sum.ends_error_mm3 += part.ends_error_mm3;
    sum.fat_mm3 =
        sum.fat_mm3 && part.fat_mm3 ? std::optional(*sum.fat_mm3 + *part.fat_mm3) : std::nullopt;
    // The way along is a mean over the muscles, so that volume over length is a mean area of all.
    sum.length_mm += part.length_mm;
    sum.largest_gap_mm = std::max(sum.largest_gap_mm, part.largest_gap_mm);
    sum.sections = is_first ? part.sections : std::min(sum.sections, part.sections);
}

Volume volume_of(const Stretch& stretch,
                 const std::vector<SliceOutcome>& slices,
                 const SpineAxis& axis) {
    MuscleVolume sum{.fat_mm3 = 0};
    try {
        for (const Structure muscle : stretch.muscles) {
            add(sum,
                muscle_volume(sections_of(slices, muscle), axis, stretch.upper, stretch.lower));
        }
    } catch (const Error& error) {
        return VolumeFailure{.code = error.code(), .message = error.message()};
    }
    sum.length_mm /= static_cast<double>(stretch.muscles.size());
    return sum;
}

// Area of all muscles of a row across the spine; nothing where one of them was not outlined, or cut
// too much askew.
std::optional<double> area_across(const SliceOutcome& slice, const Stretch& stretch) {
    double area_mm2 = 0;
    for (const Structure muscle : stretch.muscles) {
        const auto section = slice.sections.find(muscle);
        const auto tilt = slice.tilt_factors.find(muscle);
        if (section == slice.sections.end() || tilt == slice.tilt_factors.end()) {
            return std::nullopt;
        }
        area_mm2 += tilt->second * section->second.area_mm2;
    }
    return area_mm2;
}

// Between the two endplates at the spine, or at one of the muscles: planes of a lordotic spine come
// together behind it.
bool lies_between(const SliceOutcome& slice, const Stretch& stretch, const SpineAxis& axis) {
    const auto is_inside = [&stretch](double height) {
        return height <= stretch.upper && height >= stretch.lower;
    };
    return slice.place && (is_inside(slice.place->height) ||
                           std::ranges::any_of(stretch.muscles, [&](Structure muscle) {
                               const auto section = slice.sections.find(muscle);
                               return section != slice.sections.end() &&
                                      is_inside(axis.height_of(section->second.centroid_mm));
                           }));
}

void look_at_slices(StretchVolume& row,
                    const Stretch& stretch,
                    const std::vector<SliceOutcome>& slices,
                    const SpineAxis& axis) {
    std::set<Flag> flags;
    for (const SliceOutcome& slice : slices) {
        if (!lies_between(slice, stretch, axis)) {
            continue;
        }
        const auto* const report = std::get_if<StudyReport>(&slice.outcome);
        if (report == nullptr) {
            continue;
        }
        for (const QcFlag& flag : report->flags) {
            flags.insert(flag.flag);
        }
        const std::optional<double> area_mm2 = area_across(slice, stretch);
        if (area_mm2 && (!row.largest || *area_mm2 > row.largest->area_mm2)) {
            row.largest = {
                .area_mm2 = *area_mm2, .place = *slice.place, .slice_uid = slice_uid(slice.source)};
        }
    }
    row.flags.assign(flags.begin(), flags.end());
}

}  // namespace

std::vector<StretchVolume> spine_volumes(const std::vector<SliceOutcome>& slices,
                                         const std::optional<SpineAxis>& axis,
                                         const std::string& why_not) {
    std::vector<StretchVolume> rows;
    const auto add_row = [&](const std::optional<Structure>& muscle, const Stretch& stretch) {
        StretchVolume row{
            .muscle = muscle,
            .upper = vertebra_name(stretch.upper),
            .lower = vertebra_name(stretch.lower),
            .volume = VolumeFailure{.code = ErrorCode::level_not_found, .message = why_not}};
        if (axis) {
            row.volume = volume_of(stretch, slices, *axis);
        }
        if (std::holds_alternative<MuscleVolume>(row.volume)) {
            look_at_slices(row, stretch, slices, *axis);
        }
        rows.push_back(std::move(row));
    };
    for (VertebraCount upper = kL1; upper > kL5; --upper) {
        for (VertebraCount lower = upper - 1; lower >= kL5; --lower) {
            add_row(std::nullopt,
                    {.muscles = {kParaspinalMuscles.begin(), kParaspinalMuscles.end()},
                     .upper = upper,
                     .lower = lower});
            for (const Structure muscle : kStructures) {
                if (muscle != Structure::vertebral_body) {
                    add_row(muscle, {.muscles = {muscle}, .upper = upper, .lower = lower});
                }
            }
        }
    }
    return rows;
}

}  // namespace paraspinal

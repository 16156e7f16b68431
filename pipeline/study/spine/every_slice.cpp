// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/spine/every_slice.h"

#include "core/error.h"
#include "core/text.h"
#include "pipeline/study/analyze_study.h"
#include "pipeline/study/level/find_level.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <tuple>
#include <utility>

namespace paraspinal {
namespace {

ImageFrame frame_of(const SliceHeader& slice) {
    return {.plane = *slice.plane, .spacing = *slice.spacing, .size = slice.size};
}

// Several details of one flag stand behind each other.
void add_once(std::vector<QcFlag>& flags, const QcFlag& flag) {
    const auto same = std::ranges::find(flags, flag.flag, &QcFlag::flag);
    if (same == flags.end()) {
        flags.push_back(flag);
    } else {
        same->detail += "; " + flag.detail;
    }
}

// What is known of where slices lie.
class Placing {
  public:
    Placing(const PreparedStudy& prepared,
            const std::optional<SpineAxis>& axis,
            const std::string& why_not,
            const std::vector<ChosenSlice>& slices)
        : view_(axis ? &*prepared.spine : nullptr), axis_(axis ? &*axis : nullptr), why_(why_not) {
        is_shared_ = std::ranges::any_of(
            slices, [this](const ChosenSlice& each) { return shares_frame(each); });
    }

    void place(ChosenSlice& chosen, SliceOutcome& outcome) const {
        if (!chosen.slice->plane || !chosen.slice->spacing) {
            return;
        }
        if (axis_ == nullptr) {
            flag_unplaced(chosen, why_);
            return;
        }
        if (is_shared_ && !shares_frame(chosen)) {
            flag_unplaced(chosen,
                          "it does not state the frame of reference of the sagittal series, as "
                          "other slices do");
            return;
        }
        outcome.place = axis_->place_of(frame_of(*chosen.slice));
        outcome.level = nearest_level(chosen, *outcome.place);
        chosen.level = outcome.level;
        flag_placed(chosen, *outcome.place);
    }

  private:
    [[nodiscard]] bool shares_frame(const ChosenSlice& each) const {
        return view_ != nullptr && !view_->frame_of_reference_uid.empty() &&
               each.series->frame_of_reference_uid == view_->frame_of_reference_uid;
    }

    static void flag_unplaced(ChosenSlice& chosen, const std::string& why) {
        chosen.level.source = LevelSource::single_slice;
        chosen.flags.push_back({Flag::level_not_verified,
                                "nothing shows where along the spine the slice lies: " + why});
    }

    [[nodiscard]] LevelEvidence nearest_level(const ChosenSlice& chosen,
                                              const SpinePlace& place) const {
        LevelEvidence level{.level = "",
                            .source = LevelSource::sagittal,
                            .level_offset = view_->spine.operator_shift};
        double nearest = 0;
        for (const Vertebra& vertebra : view_->spine.vertebrae) {
            const double distance = std::abs(place.height - vertebra.count);
            if (axis_->endplate(vertebra.count) && (level.level.empty() || distance < nearest)) {
                nearest = distance;
                const SlicePosition at =
                    position_of(*chosen.slice->plane, *axis_->endplate(vertebra.count));
                level.level = vertebra.name();
                level.confidence = vertebra.confidence;
                level.slice_offset_mm = at.offset_mm;
                level.slice_tilt_deg = at.tilt_deg;
            }
        }
        return level;
    }

    void flag_placed(ChosenSlice& chosen, const SpinePlace& place) const {
        std::vector<QcFlag>& flags = chosen.flags;
        for (const NamingDoubt& doubt : view_->spine.doubts) {
            const bool is_transitional = doubt.name == kTransitionalDoubt;
            add_once(flags,
                     {is_transitional ? Flag::transitional_suspected : Flag::level_uncertain,
                      doubt.detail});
        }
        if (!view_->is_known_t2) {
            add_once(flags,
                     {Flag::level_uncertain,
                      "the spine was found on series " + view_->series_uid +
                          ", of which nothing says that it is T2-weighted"});
        }
        if (!shares_frame(chosen)) {
            flags.push_back(
                {Flag::frame_of_reference_differs,
                 "the axial and the sagittal series do not state that they share one frame of "
                 "reference; if the patient moved between them, the place is wrong"});
        }
        if (place.tilt_deg > kTiltedDeg) {
            flags.push_back({Flag::slice_tilted,
                             "the slice is tilted by " + fixed_text(place.tilt_deg, 1) +
                                 " degrees against a cut across the spine"});
        }
    }

    const SpineView* view_;
    const SpineAxis* axis_;
    std::string why_;
    bool is_shared_ = false;
};

std::map<Structure, MuscleSection> sections_of(const StudyReport& report) {
    struct Sum {
        double rows = 0;
        double cols = 0;
        double pixels = 0;
    };
    std::map<Structure, Sum> sums;
    const LabelMap& labels = report.outlines.labels;
    for (int row = 0; row < labels.rows; ++row) {
        for (int col = 0; col < labels.cols; ++col) {
            Sum& sum = sums[labels[{row, col}]];
            sum.rows += row;
            sum.cols += col;
            sum.pixels += 1;
        }
    }
    std::map<Structure, MuscleSection> sections;
    for (const StructureMeasurement& part : report.measurement.structures) {
        if (part.pixels == 0) {
            continue;
        }
        const Sum& sum = sums.at(part.structure);
        sections[part.structure] = {
            .centroid_mm =
                patient_from_pixel(report.slice.plane,
                                   report.slice.spacing,
                                   {.row = sum.rows / sum.pixels, .col = sum.cols / sum.pixels}),
            .slice_normal = normal(report.slice.plane),
            .area_mm2 = part.area_mm2,
            .fat_area_mm2 = part.fat_area_mm2,
            .thickness_mm = report.source.acquisition.slice_thickness_mm.value_or(0)};
    }
    return sections;
}

StudyReport without_pixels(StudyReport report) {
    report.level_view.reset();
    report.slice.intensity = {};
    report.outlines.labels = {};
    report.fat = {};
    report.fat_evidence.lean = {};
    report.fat_evidence.muscle_values = {};
    report.fat_evidence.fat.reset();
    return report;
}

void measure(SliceOutcome& one,
             const ChosenSlice& chosen,
             const PreparedStudy& prepared,
             const AnalyzeOptions& options,
             Models& models) {
    const StudyIdentity identity = identity_of(*prepared.study);
    try {
        within(study_place(identity.study_uid, identity.file), [&] {
            if (chosen.refusal) {
                throw Error(chosen.refusal->code,
                            "slice " + slice_uid(*chosen.slice) + ": " + chosen.refusal->reason);
            }
            if (one.place && !one.place->is_lumbar) {
                throw Error(ErrorCode::not_lumbar,
                            "slice " + slice_uid(*chosen.slice) + " lies at " + one.place->name +
                                ", where outlines were not scored");
            }
            StudyReport report = analyze_slice(prepared, chosen, options, models);
            one.sections = sections_of(report);
            one.outcome = without_pixels(std::move(report));
        });
    } catch (const std::exception& error) {
        StudyFailure failure = study_failure(identity, error);
        failure.study.file = chosen.slice->file;
        one.outcome = failure;
    }
}

// Behind a lordotic spine planes turn faster than in it, so that a slice that fits the spine may
// cut the muscles askew. Areas of such cuts are wrong by the curve of the muscle that no plane
// shows.
void add_tilts(SliceOutcome& one, const SpineAxis& axis) {
    double most_deg = 0;
    for (const auto& [structure, section] : one.sections) {
        const double tilt_deg = muscle_tilt_deg(section, axis);
        if (is_paraspinal_muscle(structure)) {
            most_deg = std::max(most_deg, tilt_deg);
        }
        if (tilt_deg <= kMostCorrectedTiltDeg) {
            one.tilt_factors[structure] = tilt_factor(section, axis);
        }
    }
    auto* const report = std::get_if<StudyReport>(&one.outcome);
    if (report != nullptr && most_deg > kTiltedDeg) {
        add_once(report->flags,
                 {Flag::slice_tilted,
                  "at the muscles the slice is tilted by " + fixed_text(most_deg, 1) +
                      " degrees against a cut across the spine" +
                      (most_deg > kMostCorrectedTiltDeg
                           ? "; beyond " + fixed_text(kMostCorrectedTiltDeg, 0) +
                                 " no area across the spine is stated"
                           : "")});
        std::ranges::stable_sort(report->flags, {}, &QcFlag::name);
    }
}

// Places from head to feet, then what has none; else as the series are sorted.
bool comes_before(const SliceOutcome& a, const SliceOutcome& b) {
    if (a.place.has_value() != b.place.has_value()) {
        return a.place.has_value();
    }
    return a.place && a.place->height > b.place->height;
}

}  // namespace

std::optional<SpineAxis> spine_axis(const PreparedStudy& prepared, std::string& why_not) {
    if (!prepared.spine) {
        why_not = prepared.spine_failure ? "the sagittal series cannot be read"
                                         : "there is no sagittal T2 series to find it on";
        return std::nullopt;
    }
    const Spine& spine = prepared.spine->spine;
    if (const std::optional<std::string> reason = why_not_lumbar(spine)) {
        why_not = *reason;
        return std::nullopt;
    }
    std::optional<SpineAxis> axis = SpineAxis::of(spine);
    if (!axis) {
        why_not = "the sagittal series shows fewer than two inferior endplates";
    }
    return axis;
}

std::vector<SliceOutcome> analyze_every_slice(const PreparedStudy& prepared,
                                              const std::optional<SpineAxis>& axis,
                                              const std::string& why_not,
                                              const AnalyzeOptions& options,
                                              Models& models) {
    std::vector<ChosenSlice> slices = every_axial_slice(prepared.classified, prepared.request);
    const Placing placing(prepared, axis, why_not, slices);
    std::vector<SliceOutcome> outcomes;
    for (ChosenSlice& chosen : slices) {
        SliceOutcome& one =
            outcomes.emplace_back(SliceOutcome{.series_uid = chosen.series->series_uid,
                                               .series_number = chosen.series->series_number,
                                               .source = *chosen.slice});
        placing.place(chosen, one);
        measure(one, chosen, prepared, options, models);
        if (one.place) {
            add_tilts(one, *axis);
        }
    }
    std::ranges::stable_sort(outcomes, comes_before);
    return outcomes;
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/level/level_evidence.h"
#include "pipeline/study/series/classify_study.h"
#include "pipeline/study/study_report.h"

#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// What the operator asked for.
struct SliceRequest {
    /// Only this series is looked at.
    std::optional<std::string> series_uid;
    /// This slice is measured: a SOP instance UID, with "#frame" for multi-frame files.
    std::optional<std::string> slice_uid;
    /// The vertebra at whose inferior endplate the slice shall lie: L1 to L5.
    std::string level = "L3";
    /// By how many places the operator moves the names of all vertebrae up; see recounted.
    int level_offset = 0;
    /// The slices that the operator's outlines were drawn on, as slice_uid: one of them is measured
    /// when she names none. Empty: her outlines, if any, do not say.
    std::vector<std::string> drawn_on;
};

/// The slice to measure and why. Points into the study.
struct ChosenSlice {
    const Series* series = nullptr;
    const SliceHeader* slice = nullptr;
    LevelEvidence level;
    std::vector<QcFlag> flags;      ///< Doubts about the choice.
    std::optional<LevelView> view;  ///< What it was found on; level source sagittal only.
    /// Other axial T2 slices at the same place, of which it is the last by series and number.
    std::vector<const SliceHeader*> rivals{};
    /// Of every_axial_slice alone: why this slice cannot be measured.
    std::optional<Classification> refusal{};
};

/// Chooses the axial T2 slice to measure.
///
/// A slice that the operator names, or the only one that she drew on, is taken at her word
/// (level_source operator); of several that she drew on, the only axial T2 one, or else the one at
/// the level. It has the flag `not_t2_weighted` or `weighting_unknown` when its header does not say
/// T2. Else the slice at the level is found on the `spine`, with the flags of find_level. Without a
/// spine the only axial T2 slice of a study is taken as it is (single_slice, flag
/// `level_not_verified`), also when the spine does not show the level or its names are in doubt;
/// and so is the only axial slice of a study whose headers say nothing of weighting, as in NIfTI
/// (`weighting_unknown`). Throws Error series_not_found, slice_not_found; level_not_found when
/// there are several slices and nothing says which (the message says how to choose), or when all
/// slices of a stack state one place; level_not_covered as find_level. With no axial T2 slice: the
/// fault of the others when all have the same one (fat_suppressed, missing_pixel_spacing ...), else
/// no_axial_t2; the message says why each series is not. A named slice that is fat-suppressed, not
/// axial or without geometry is refused with that reason, because no number from it could be right.
/// A UID that several slices have is refused unless the series is named. Images of the study that
/// cannot be read are told where nothing could be chosen, and lend their code where they may have
/// been what is missing.
ChosenSlice choose_slice(const ClassifiedStudy& study,
                         const SliceRequest& request,
                         const std::optional<SpineView>& spine);

/// Every slice that choose_slice chooses among, in the order of the series and stacks, without a
/// level: where it lies is for the caller to find. Behind them, with their `refusal`, the slices of
/// the same series that are refused for their place (not_axial, missing_geometry,
/// missing_pixel_spacing). Throws Error as choose_slice where there is none to measure.
std::vector<ChosenSlice> every_axial_slice(const ClassifiedStudy& study,
                                           const SliceRequest& request);

}  // namespace paraspinal

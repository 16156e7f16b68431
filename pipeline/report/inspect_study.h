// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/study.h"
#include "pipeline/study/level/choose_slice.h"
#include "pipeline/study/models.h"
#include "pipeline/study/series/classify_series.h"
#include "pipeline/study/series/classify_study.h"

#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// One block of parallel slices and what it is.
struct InspectedStack {
    std::string series_uid;
    std::string description;
    int series_number = 0;
    Classification classification;
    std::vector<SliceHeader> slices;
};

/// The slice that `measure` would take, with all its doubts, or why it would take none.
struct InspectedChoice {
    std::string series_uid;
    std::string slice_uid;               ///< Empty when none was chosen.
    std::optional<LevelEvidence> level;  ///< Absent when none was chosen.
    std::vector<QcFlag> flags;           ///< Those of the row that `measure` would write.
    std::optional<ErrorCode> refusal;    ///< Of the study, or of the chosen slice for its pixels.
    std::string message;                 ///< Of the refusal.
};

struct InspectedStudy {
    const Study* study = nullptr;
    std::vector<InspectedStack> stacks;
    InspectedChoice choice;
    std::optional<SpineView> spine;        ///< Absent without a sagittal T2 series.
    std::vector<std::string> assumptions;  ///< As assumptions_of.
};

/// What a study holds, what its sagittal T2 series shows of the spine and what would be measured:
/// goes the way of analyze_study and refuses nothing.
InspectedStudy inspect_study(const Study& study,
                             const SliceRequest& request,
                             const ClassifyOptions& classify,
                             Models& models);

/// What the headers of a study leave open and was assumed, each sentence once.
std::vector<std::string> assumptions_of(const Study& study);

/// "axial T2", "sagittal T2" or "other".
std::string_view series_kind_name(SeriesKind kind);

}  // namespace paraspinal

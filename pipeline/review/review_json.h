// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/review/review_session.h"

#include <array>
#include <string>
#include <string_view>

namespace paraspinal {

/// Pictures of the run that a study shows where they are in its folder.
inline constexpr std::array<std::string_view, 6> kRunPictures{
    "overlay.png", "level.png", "fat.png", "profile.png", "vertebrae.png", "norms.svg"};

// What server and page say to each other. Every answer is one JSON value.

/// Who reads, how, names and colors of the structures in label order, and all studies with the
/// state of their reading.
std::string list_answer(const ReviewSession& session);

/// One study: its result, flags, readings, and what of the image can be shown.
std::string study_answer(const ReviewSession& session, std::size_t place);

/// Another slice of a study, as study_answer tells that of the run.
std::string slice_answer(ReviewSession& session, std::size_t place, const SliceChoice& choice);

/// All slices that can be chosen, and the sagittal picture that shows where they lie.
std::string slice_choices_answer(const SliceChoices& choices);

/// The readings of one study, after a decision.
std::string readings_answer(const ReviewSession& session, std::size_t place);

/// The outlines of a correction.
std::string labels_answer(const LabelMap& labels);

/// What measuring again came to, in the lines of the tables.
std::string measured_answer(const MeasuredAgain& again, const NamedCells& measured);

std::string error_answer(std::string_view message);

}  // namespace paraspinal

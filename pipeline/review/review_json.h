// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/review/review_session.h"

#include <string>
#include <string_view>

namespace paraspinal {

// What server and page say to each other. Every answer is one JSON value.

/// Who reads, how, and all studies with the state of their reading.
std::string list_answer(const ReviewSession& session);

/// One study: its result, flags, readings, and what of the image can be shown.
std::string study_answer(const ReviewSession& session, std::size_t place);

/// The readings of one study, after a decision.
std::string readings_answer(const ReviewSession& session, std::size_t place);

/// The outlines of a correction.
std::string labels_answer(const LabelMap& labels);

/// What measuring again came to, in the lines of the tables.
std::string measured_answer(const MeasuredAgain& again, const NamedCells& measured);

std::string error_answer(std::string_view message);

/// Throw Error usage for what is no such request, outline_mismatch for labels of another size.
DecisionRequest parse_decision(std::string_view body, ImageSize size);
LabelMap parse_labels(std::string_view body, ImageSize size);
/// Whether the body of a decision brings outlines.
bool has_labels(std::string_view body);

}  // namespace paraspinal

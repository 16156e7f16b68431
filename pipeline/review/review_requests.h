// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/review/review_session.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace paraspinal {

// What the page says to the server, as JSON.

/// What is drawn, as a page sends it.
struct DraftRequest {
    std::size_t decisions = 0;  ///< As ReviewSession::decisions, when she began to draw.
    std::string text;  ///< With the time at which it came; empty: nothing is drawn any more.
};

/// Throws Error as parse_decision.
DraftRequest parse_draft(std::string_view body, ImageSize size, const SliceChoice& choice);

/// Throw Error usage for what is no such request, outline_mismatch for labels of another size.
DecisionRequest parse_decision(std::string_view body, ImageSize size);
LabelMap parse_labels(std::string_view body, ImageSize size);
/// Whether the body of a decision brings outlines.
bool has_labels(std::string_view body);

}  // namespace paraspinal

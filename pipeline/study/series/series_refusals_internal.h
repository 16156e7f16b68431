// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"
#include "pipeline/study/series/classify_series.h"
#include "pipeline/study/series/series_words.h"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// A stack and all that is said of it.
struct Judged {
    const Stack& stack;
    const SliceHeader& slice;
    SeriesWords words;
    SeriesWords table_words;  // Of the table beside the images.
    const SeriesStatement& statement;
    [[nodiscard]] const Acquisition& acquisition() const { return slice.acquisition; }
};

struct Refusal {
    ErrorCode code;
    std::string reason;
};

using Verdict = std::optional<Refusal>;

/// The words in the names of a slice; a slice without a description has that of its series.
SeriesWords words_of(const Series& series, const SliceHeader& slice);

/// What classify says of one slice for itself, a code for each of its questions (internal: nothing
/// against it), but for its place and the table beside the images.
std::vector<ErrorCode> verdicts_of(const Series& series, const SliceHeader& slice);

std::string milliseconds(double value);
bool has_any(const std::vector<std::string>& values,
             std::initializer_list<std::string_view> wanted);

/// Reasons against a stack that no weighting outweighs, nullopt where there is none.
Verdict judge_fat(const Judged& judged);
Verdict judge_image_type(const Judged& judged);
Verdict judge_sequence(const Judged& judged);
Verdict judge_myelography(const Judged& judged);

}  // namespace paraspinal

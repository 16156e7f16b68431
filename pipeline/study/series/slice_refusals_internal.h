// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/study.h"
#include "pipeline/study/series/classify_series.h"

#include <string>
#include <vector>

namespace paraspinal {

/// A slice, and what its stack is.
struct Candidate {
    const Series* series = nullptr;
    const SliceHeader* slice = nullptr;
    Classification classification;
};

/// No slice of `all` is axial T2: throws Error with the one reason of all series, or no_axial_t2;
/// with that of the images that cannot be read, where the study has such.
[[noreturn]] void refuse_without_axial_t2(const Study& study, const std::vector<Candidate>& all);

/// Nothing says which of `axial` is meant, for the reason `why`: throws Error level_not_found.
[[noreturn]] void refuse_to_guess(const Study& study,
                                  const std::vector<Candidate>& axial,
                                  const std::string& why);

/// An exporter that writes one position into all slices of a series leaves nothing to find a level
/// by: throws Error level_not_found then.
void refuse_one_place_for_all(const std::vector<Candidate>& axial);

}  // namespace paraspinal

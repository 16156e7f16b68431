// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/study.h"
#include "pipeline/study/classify_series.h"
#include "pipeline/study/split_stacks.h"

#include <vector>

namespace paraspinal {

/// A stack, the series that it is part of, and what it is good for. Points into the study.
struct ClassifiedStack {
    const Series* series = nullptr;
    Stack stack;
    Classification classification;
};

/// Every stack of a study, in the order of the series and of their first slices. Valid as long as
/// the study. Made once a study; all that looks for a series or a slice reads it.
struct ClassifiedStudy {
    const Study* study = nullptr;
    std::vector<ClassifiedStack> stacks;
};

/// Splits and judges the series of `study` from their headers; reads no pixels, refuses nothing.
ClassifiedStudy classify_study(const Study& study);

}  // namespace paraspinal

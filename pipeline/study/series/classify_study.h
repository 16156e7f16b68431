// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/study.h"
#include "pipeline/study/series/classify_series.h"
#include "pipeline/study/series/split_stacks.h"
#include "pipeline/tables/series_table.h"

#include <optional>
#include <string>
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

/// What is known of the series beside their headers.
struct ClassifyOptions {
    SeriesTable series_table;                    ///< `--series-table`, or found beside the images.
    std::optional<std::string> axial_t2_uid;     ///< `--axial-t2`: this series alone is measured.
    std::optional<std::string> sagittal_t2_uid;  ///< `--sagittal-t2`: shows the level.
};

/// Splits and judges the series of `study` from their headers, and where these leave the weighting
/// open, by `options`; reads no pixels. Throws Error series_not_found when the study has no series
/// that an option names, although it has images.
ClassifiedStudy classify_study(const Study& study, const ClassifyOptions& options = {});

}  // namespace paraspinal

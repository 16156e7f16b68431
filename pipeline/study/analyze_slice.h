// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/study.h"
#include "pipeline/study/level/choose_slice.h"
#include "pipeline/study/measure_fat.h"
#include "pipeline/study/models.h"
#include "pipeline/study/outlines/own_outlines.h"
#include "pipeline/study/series/classify_study.h"
#include "pipeline/study/study_report.h"

#include <exception>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

struct AnalyzeOptions {
    /// Which slice to measure when the operator has a say.
    SliceRequest slice;
    /// Levels that are measured beside that of `slice`, from head to feet; see study_result.
    std::vector<std::string> levels;
    /// Measure every axial slice too; see study_result.
    bool every_slice = false;
    /// What the operator drew; the network outlines the rest, or all.
    std::optional<OwnOutlines> own_outlines;
    MeasureFatOptions measure;
    ClassifyOptions classify;
};

/// A study whose series are judged and whose spine was looked for: all that choosing a slice needs,
/// made once however many slices are measured. Points into the study, which must outlive it.
struct PreparedStudy {
    const Study* study = nullptr;
    ClassifiedStudy classified;
    SliceRequest request;  ///< As asked for, with the slices that the operator drew on.
    /// nullopt without a sagittal series, and where the operator has named the slice.
    std::optional<SpineView> spine;
    /// What find_spine threw, such as for a damaged file; analyze_level throws it.
    std::exception_ptr spine_failure{};
};

/// Judges the series and finds the vertebrae. Reads the pixels of the middle sagittal slices, and
/// where headers leave the weighting open, of some others. Throws Error as classify_by_pixels and
/// slices_drawn_on.
PreparedStudy prepare_study(const Study& study, const AnalyzeOptions& options, Models& models);

/// Reads one slice of `prepared`, outlines it, finds the fat and measures. Nothing else is read but
/// other images of the same place. Throws Error with the slice it happened in.
StudyReport analyze_slice(const PreparedStudy& prepared,
                          const ChosenSlice& chosen,
                          const AnalyzeOptions& options,
                          Models& models);

/// The same of the slice at the inferior endplate of `level` (L1 to L5), whatever level was asked
/// for; a slice that the operator named is taken at her word. Throws Error as choose_slice and
/// find_spine too, and level_not_found for another level than was asked for where no spine was
/// found.
StudyReport analyze_level(const PreparedStudy& prepared,
                          const std::string& level,
                          const AnalyzeOptions& options,
                          Models& models);

/// Whose a study is as far as its files say together, for a result without a measured image.
StudyIdentity identity_of(const Study& study);

}  // namespace paraspinal

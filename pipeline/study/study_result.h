// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/study.h"
#include "pipeline/study/analyze_slice.h"
#include "pipeline/study/models.h"
#include "pipeline/study/spine/spine_volumes.h"
#include "pipeline/study/study_report.h"

#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// One level of a study.
struct LevelOutcome {
    std::string level;  ///< "L4"
    /// Nothing where it is what the study came to as a whole: of the level that the study itself is
    /// measured at, and of each level of a study that failed before a slice was looked for.
    std::optional<StudyOutcome> own;
};

/// What was measured of a study beside its own slice.
struct FurtherSlices {
    std::vector<LevelOutcome> levels;  ///< As `AnalyzeOptions::levels`, each with a result.
    /// As analyze_every_slice and spine_volumes, where `AnalyzeOptions::every_slice` asks for it;
    /// none where the study has no axial slice to measure.
    std::vector<SliceOutcome> slices;
    std::vector<StretchVolume> volumes;
    /// As PreparedStudy::spine: its bodies have heights, whether or not a slice could be measured.
    std::optional<SpineView> spine;
    std::string failure;  ///< error_name of why nothing was measured of its own slice; or empty.
};

/// That of a study of which nothing was measured: each level fails as the study does.
FurtherSlices without_slices(const std::vector<std::string>& levels);

/// The slice of the likeliest other count of the vertebrae, measured as that of `level` was, where
/// the evidence of `level` holds one; what forbids it is told in its place.
std::optional<AlternativeLevel> measure_alternative(const PreparedStudy& prepared,
                                                    const LevelEvidence& level,
                                                    const AnalyzeOptions& options,
                                                    Models& models);

/// What became of one study.
struct StudyResult {
    StudyOutcome outcome;  ///< Of the slice that `AnalyzeOptions::slice` asks for.
    FurtherSlices further;
};

/// analyze_study, analyze_level at each of `options.levels`, and every slice, for many studies:
/// whatever goes wrong becomes a StudyFailure of that study or of that level, so that one broken
/// study never costs another its row, nor one level another. The study itself is measured as
/// without further levels. Where the names of the vertebrae are in doubt, the slice of the
/// likeliest other count is measured too (StudyReport::alternative) at the study's own level; at
/// the others it is the slice of a neighboring level.
StudyResult study_result(const Study& study, const AnalyzeOptions& options, Models& models);

}  // namespace paraspinal

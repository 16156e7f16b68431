// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/batch/study_record.h"
#include "pipeline/review/stored_study.h"

#include <vector>

namespace paraspinal {

/// What a study comes to with other outlines.
struct MeasuredAgain {
    StudyReport report;              ///< Without the headers of its image.
    std::vector<Structure> touched;  ///< Those whose pixels are not the run's, in label order.
};

/// Measures `stored` with `labels`, as the run would have: the same checks, fat, intervals and
/// flags. Structures that nobody touched keep their confidence, and with it their part of the
/// intervals. Flags about the image and its level stay; a risk is not computed. `even` is the slice
/// as correct_bias makes it. Throws Error as check_outlines, check_contrast and measure_fat.
MeasuredAgain measure_again(const StoredStudy& stored, const ImageSlice& even, LabelMap labels);

/// The line of measurements.csv of `report`, whose study, image and level are those of `measured`.
/// What is known only of the run's result, such as the risk, is empty.
NamedCells line_of(const StudyReport& report, const NamedCells& measured);

/// Throws Error outline_mismatch unless the outlines of the run, measured again, come to the
/// numbers in `measured`. They do not when the run had options that its results do not state, or
/// when another version made it: then corrected numbers would not compare with the others.
void require_same_numbers(const StoredStudy& stored,
                          const ImageSlice& even,
                          const NamedCells& measured);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/commands/flags/measuring_flags.h"
#include "pipeline/commands/flags/output_flags.h"
#include "pipeline/commands/flags/risk_flags.h"
#include "pipeline/commands/flags/slice_flags.h"
#include "pipeline/commands/flags/spine_flags.h"
#include "pipeline/study/analyze_study.h"

#include <vector>

namespace paraspinal {

/// All options that decide what becomes of a study: those that `measure`, `batch` and `listen`
/// share, and what a worker process is told.
struct StudyFlags {
    SliceFlags slice;
    SpineFlags spine;
    MeasuringFlags measuring;
    RiskFlags risk;
    OutputFlags output;
};

std::vector<CommandFlag> study_flags(StudyFlags& flags);

/// What those of slice, spine and measuring mean together. Throws Error usage.
AnalyzeOptions analyze_options(const StudyFlags& flags);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/study_flags.h"

namespace paraspinal {

std::vector<CommandFlag> study_flags(StudyFlags& flags) {
    return concatenated({slice_flags(flags.slice),
                         measuring_flags(flags.measuring),
                         risk_flags(flags.risk),
                         output_flags(flags.output)});
}

AnalyzeOptions analyze_options(const StudyFlags& flags) {
    return {.slice = slice_request(flags.slice),
            .own_outlines = {},
            .measure = measure_fat_options(flags.measuring),
            .classify = classify_options(flags.slice)};
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/flags/study_flags.h"

#include "core/error.h"

#include <utility>

namespace paraspinal {

std::vector<CommandFlag> study_flags(StudyFlags& flags) {
    return concatenated({slice_flags(flags.slice),
                         spine_flags(flags.spine),
                         measuring_flags(flags.measuring),
                         risk_flags(flags.risk),
                         output_flags(flags.output)});
}

AnalyzeOptions analyze_options(const StudyFlags& flags) {
    if ((flags.spine.levels || flags.spine.every_slice) && flags.slice.slice_uid) {
        throw Error(ErrorCode::usage,
                    "--slice names the one slice to measure; leave it out, or --levels and "
                    "--every-slice");
    }
    if (flags.spine.level_offset && flags.slice.slice_uid) {
        throw Error(
            ErrorCode::usage,
            "--slice names the slice to measure, so there is no count for --level-offset to "
            "correct; give one of the two");
    }
    SliceRequest slice = slice_request(flags.slice);
    slice.level_offset = asked_level_offset(flags.spine);
    return {.slice = std::move(slice),
            .levels = asked_levels(flags.spine),
            .every_slice = flags.spine.every_slice,
            .own_outlines = {},
            .measure = measure_fat_options(flags.measuring),
            .classify = classify_options(flags.slice)};
}

}  // namespace paraspinal

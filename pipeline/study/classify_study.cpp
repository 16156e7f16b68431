// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/classify_study.h"

#include <utility>

namespace paraspinal {

ClassifiedStudy classify_study(const Study& study) {
    ClassifiedStudy classified{.study = &study, .stacks = {}};
    for (const Series& series : study.series) {
        for (Stack& stack : split_stacks(series)) {
            Classification classification = classify(series, stack);
            classified.stacks.push_back({.series = &series,
                                         .stack = std::move(stack),
                                         .classification = std::move(classification)});
        }
    }
    return classified;
}

}  // namespace paraspinal

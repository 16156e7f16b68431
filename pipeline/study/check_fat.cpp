// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/check_fat.h"

#include "core/text.h"

#include <algorithm>
#include <string>

namespace paraspinal {
namespace {

/// Percentage points of FDR between the lowest and the highest method; 99 of 100 Dixon composites
/// lie below. Source: fifth table of docs/fat.md, by scripts/evaluate_fat.
constexpr double kMostDisagreementPct = 40;

double fdr_of(const MethodFat& one) {
    return fdr_pct(one.measurement).value_or(0);
}

std::string named(const MethodFat& one) {
    return std::string(fat_method_name(one.threshold.method)) + " " + fixed_text(fdr_of(one), 1);
}

}  // namespace

std::vector<QcFlag> check_fat(const FatEvidence& evidence) {
    if (evidence.disagreement_pct <= kMostDisagreementPct) {
        return {};
    }
    const auto [lowest, highest] = std::ranges::minmax(evidence.by_method, {}, fdr_of);
    return {{Flag::fat_method_disagreement,
             "FDR in % is " + named(lowest) + " to " + named(highest) +
                 ", depending on the method; see fat.png"}};
}

}  // namespace paraspinal

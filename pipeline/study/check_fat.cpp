// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/check_fat.h"

#include "core/text.h"
#include "segmentation/fat/dark_band.h"

#include <algorithm>
#include <string>

namespace paraspinal {
namespace {

/// Percentage points of FDR between the lowest and the highest method. Of the marked slices of
/// tests/tools/fat 9 of 112 lie above: four of those with a saturation band over the muscles, where
/// no single threshold serves, and fatty or very lean muscle, where FDR hangs on its definition.
constexpr double kMostDisagreementPct = 35;

double fdr_of(const MethodFat& one) {
    return fdr_pct(one.measurement).value_or(0);
}

std::string named(const MethodFat& one) {
    return std::string(fat_method_name(one.threshold.method)) + " " + fixed_text(fdr_of(one), 1);
}

std::string clipping_text(const Clipping& clipping) {
    return fixed_text(100 * clipping.muscle_at_floor, 0) +
           " % of the muscle is as dark as the image can be, " +
           fixed_text(100 * clipping.fat_at_top, 0) + " % of the fat as bright, with " +
           (clipping.gray_levels < 64 ? std::to_string(clipping.gray_levels) : "64 or more") +
           " gray levels; the interval of FDR is wider for it";
}

}  // namespace

std::vector<QcFlag> check_fat(const FatMeasurement& fat) {
    std::vector<QcFlag> flags;
    const FatEvidence& evidence = fat.evidence;
    if (evidence.disagreement_pct > kMostDisagreementPct) {
        const auto [lowest, highest] = std::ranges::minmax(evidence.by_method, {}, fdr_of);
        flags.push_back({Flag::fat_method_disagreement,
                         "FDR in % is " + named(lowest) + " to " + named(highest) +
                             ", depending on the method; see fat.png"});
    }
    if (!fat.threshold) {
        flags.push_back({Flag::fat_reference_missing,
                         "the slice shows no fat to compare the muscles with, so no fat is "
                         "measured; another --fat-method may need none"});
    } else if (fat.threshold->method == FatMethod::reference &&
               evidence.fat->reference.place == FatPlace::elsewhere) {
        flags.push_back({Flag::fat_reference_elsewhere,
                         "no subcutaneous fat is in sight; the muscles are compared with fat "
                         "elsewhere, marked in fat.png, and FDR is less sure"});
    }
    if (is_clipped(evidence.clipping)) {
        flags.push_back({Flag::intensities_clipped, clipping_text(evidence.clipping)});
    }
    if (is_dark_band(evidence.dark_band)) {
        flags.push_back({Flag::dark_band_suspected,
                         "a strip across the muscles is " +
                             fixed_text(100 * evidence.dark_band, 0) +
                             " % darker than the muscle before and behind it; FDR may be wrong by "
                             "tens of points, look at overlay.png"});
    }
    return flags;
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/level/canal_middle.h"

#include <algorithm>
#include <functional>

namespace paraspinal {

double canal_middle_mm(const std::vector<CanalSample>& samples) {
    // Scanners are centered on the spine by eye, to some millimeters, and the canal lies off the
    // middle of the body by as much: on 12 subjects the median errors are 1.6 and 0.9 mm.
    constexpr double kTrustInTheStack = 0.5;
    const auto [first, last] = std::ranges::minmax(samples, std::less<>(), &CanalSample::across_mm);
    const auto [darkest, brightest] =
        std::ranges::minmax(samples, std::less<>(), &CanalSample::brightness);
    const double stack_mm = (first.across_mm + last.across_mm) / 2;
    // Fat in the foramina beside the canal can be bright, too, but not as bright as fluid.
    const double half = (darkest.brightness + brightest.brightness) / 2;
    double sum = 0;
    double mass = 0;
    for (const CanalSample& sample : samples) {
        const double above = std::max(0.0, sample.brightness - half);
        sum += above * sample.across_mm;
        mass += above;
    }
    const double canal_mm = mass > 0 ? sum / mass : stack_mm;
    return kTrustInTheStack * stack_mm + (1 - kTrustInTheStack) * canal_mm;
}

}  // namespace paraspinal

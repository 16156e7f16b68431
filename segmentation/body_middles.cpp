// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/body_middles.h"

#include <algorithm>
#include <cstddef>
#include <functional>

namespace paraspinal {
namespace {

// Scanners are centred on the spine by eye, to some millimetres, and the canal lies off the middle
// of the body by as much. Their mean is nearer to the middle than either; docs/level.md.
constexpr double kTrustInTheStack = 1.0 / 3;

double centre_of_mass(const std::vector<CanalSample>& samples) {
    const double darkest =
        std::ranges::min(samples, std::less<>(), &CanalSample::brightness).brightness;
    double sum = 0;
    double mass = 0;
    for (const CanalSample& sample : samples) {
        sum += (sample.brightness - darkest) * sample.across_mm;
        mass += sample.brightness - darkest;
    }
    return mass > 0 ? sum / mass : samples.front().across_mm;
}

double middle_of_slices(const std::vector<CanalSample>& samples) {
    const auto [low, high] = std::ranges::minmax(samples, std::less<>(), &CanalSample::across_mm);
    return (low.across_mm + high.across_mm) / 2;
}

}  // namespace

std::vector<double> body_middles(const std::vector<CanalProfile>& bodies) {
    std::vector<double> canal;
    for (const CanalProfile& body : bodies) {
        canal.push_back(centre_of_mass(body.samples));
    }
    std::vector<double> middles;
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        const std::size_t first = i > 0 ? i - 1 : i;
        const std::size_t last = std::min(i + 1, bodies.size() - 1);
        double sum = 0;
        for (std::size_t j = first; j <= last; ++j) {
            sum += canal[j];
        }
        const double smooth = sum / static_cast<double>(last - first + 1);
        middles.push_back((1 - kTrustInTheStack) * smooth +
                          kTrustInTheStack * middle_of_slices(bodies[i].samples));
    }
    return middles;
}

}  // namespace paraspinal

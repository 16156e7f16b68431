// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/outlines/border_error.h"

#include "core/error.h"

#include <algorithm>
#include <array>
#include <string>

namespace paraspinal {
namespace {

struct Entry {
    std::string_view region;
    BorderError error;
};

// Measured by `scripts/evaluate_intervals --renew`, which rewrites the lines between the marks;
// docs/intervals.md says how, and on which slices.
constexpr std::array kMeasured{
    // <measured>
    Entry{"paraspinal", {0.35, 0.59, 1.81, 16, 0.32, 2.05}},
    Entry{"multifidus", {0.35, 0.81, 1.74, 15, 0.63, 2.45}},
    Entry{"erector_spinae", {0.21, 0.75, 1.78, 15, 0.24, 1.56}},
    Entry{"vertebral_body", {0.20, 0.40, 0.57, 5, 0.00, 1.00}},
    Entry{"psoas", {-0.02, 0.29, 0.79, 5, 0.00, 1.00}},
    // </measured>
};

}  // namespace

const BorderError& border_error(std::string_view region) {
    const auto* const found = std::ranges::find_if(
        kMeasured, [region](const Entry& entry) { return region.starts_with(entry.region); });
    if (found == kMeasured.end()) {
        throw Error(ErrorCode::internal, "no border error is known of " + std::string(region));
    }
    return found->error;
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/border_error.h"

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
    Entry{"paraspinal", {0.32, 0.41, 1.83, 16, 0.15, 2.15}},
    Entry{"multifidus", {0.39, 0.60, 1.76, 15, 0.41, 1.88}},
    Entry{"erector_spinae", {0.16, 0.48, 1.78, 15, -0.04, 1.64}},
    Entry{"vertebral_body", {0.22, 0.41, 0.60, 6, 0.00, 1.00}},
    Entry{"psoas", {-0.05, 0.21, 0.70, 5, 0.00, 1.00}},
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

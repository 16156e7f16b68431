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
    Entry{"paraspinal", {0.21, 0.59, 1.93, 16, -0.44, 1.60}},
    Entry{"multifidus", {0.44, 0.52, 1.88, 15, 0.74, 3.11}},
    Entry{"erector_spinae", {-0.07, 0.60, 2.14, 16, -1.50, 1.18}},
    Entry{"vertebral_body", {0.23, 0.46, 0.65, 7, 0.00, 1.00}},
    Entry{"psoas", {-0.03, 0.28, 0.95, 6, 0.00, 1.00}},
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

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
    Entry{"paraspinal", {0.11, 0.31, 1.58, 15, -0.48, 1.83}},
    Entry{"multifidus", {0.21, 0.48, 1.35, 13, 0.77, 3.35}},
    Entry{"erector_spinae", {-0.02, 0.38, 1.43, 13, -1.26, 1.41}},
    Entry{"vertebral_body", {0.21, 0.41, 0.59, 6, 0.00, 1.00}},
    Entry{"psoas", {-0.00, 0.27, 0.84, 5, 0.00, 1.00}},
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

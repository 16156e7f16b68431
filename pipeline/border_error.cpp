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
    Entry{"paraspinal", {0.08, 0.34, 1.65, 16, -0.63, 1.87}},
    Entry{"multifidus", {0.17, 0.69, 1.69, 14, 0.60, 2.58}},
    Entry{"erector_spinae", {0.01, 0.74, 1.77, 16, -1.31, 1.28}},
    Entry{"vertebral_body", {0.22, 0.43, 0.67, 8, 0.00, 1.00}},
    Entry{"psoas", {-0.05, 0.29, 0.90, 6, 0.00, 1.00}},
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

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
    Entry{"paraspinal", {0.32, 0.39, 1.80, 16, 0.20, 2.35}},
    Entry{"multifidus", {0.28, 0.63, 1.79, 15, 0.43, 1.88}},
    Entry{"erector_spinae", {0.23, 0.51, 1.82, 15, 0.13, 1.68}},
    Entry{"vertebral_body", {0.19, 0.39, 0.56, 5, 0.00, 1.00}},
    Entry{"psoas", {-0.02, 0.32, 0.78, 5, 0.00, 1.00}},
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

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
    Entry{"paraspinal", {0.35, 0.43, 1.82, 17, -0.51, 1.61}},
    Entry{"multifidus", {0.35, 0.75, 1.78, 15, 0.70, 2.82}},
    Entry{"erector_spinae", {0.17, 0.69, 1.96, 17, -1.22, 1.17}},
    Entry{"vertebral_body", {0.15, 0.46, 0.71, 8, 0.00, 1.00}},
    Entry{"psoas", {-0.17, 0.39, 1.05, 6, 0.00, 1.00}},
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

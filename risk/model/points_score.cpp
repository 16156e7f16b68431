// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/model/points_score.h"

#include "core/error.h"
#include "risk/model/possible_value_internal.h"

#include <algorithm>

namespace paraspinal {
namespace {

// The last band or stratum that `value` reaches; the first one begins at the smallest possible.
template <class Step>
const Step& reached(const std::vector<Step>& steps, double value) {
    const auto above = std::ranges::upper_bound(steps, value, {}, &Step::from);
    return above == steps.begin() ? steps.front() : *std::prev(above);
}

}  // namespace

PointsEstimate estimate_points(const PointsScore& score,
                               std::span<const std::optional<double>> values) {
    if (values.size() != score.items.size()) {
        throw Error(ErrorCode::usage, "one value, known or missing, is needed for each item");
    }
    PointsEstimate estimate;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const PointsItem& item = score.items[i];
        if (values[i]) {
            refuse_impossible(item, *values[i]);
            const double points = reached(item.bands, *values[i]).points;
            estimate.low_points += points;
            estimate.high_points += points;
            continue;
        }
        estimate.missing.push_back(item.key);
        const auto [fewest, most] = std::ranges::minmax(item.bands, {}, &PointsBand::points);
        estimate.low_points += fewest.points;
        estimate.high_points += most.points;
    }
    const PointsStratum* const first = &reached(score.strata, estimate.low_points);
    const PointsStratum* const last = &reached(score.strata, estimate.high_points);
    if (first == last) {
        estimate.stratum = first->label;
        estimate.risk = first->risk;
        estimate.low = first->low;
        estimate.high = first->high;
        return estimate;
    }
    double low = 1;
    double high = 0;
    for (const PointsStratum* stratum = first; stratum <= last; ++stratum) {
        low = std::min(low, stratum->low.value_or(stratum->risk));
        high = std::max(high, stratum->high.value_or(stratum->risk));
    }
    estimate.low = low;
    estimate.high = high;
    return estimate;
}

}  // namespace paraspinal

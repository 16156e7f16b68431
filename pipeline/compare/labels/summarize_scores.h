// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/compare/labels/score_slice.h"
#include "risk/statistics/agreement.h"
#include "risk/statistics/group_tests.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// The scores of one slice, or why there are none.
struct CaseScore {
    std::string name;
    std::string failure;  ///< Name of the error; empty when the slice was scored.
    std::vector<RegionScore> regions;
};

/// One region over all scored slices. Errors are ours - reference.
struct RegionSummary {
    std::string region;
    std::int64_t slices = 0;
    std::int64_t missed = 0;    ///< In the reference, but not found by us: Dice 0, no distances.
    std::int64_t invented = 0;  ///< Found by us, but not in the reference: the same.
    SampleMoments dice;
    double dice_p5 = 0;  ///< 5th percentile.
    SampleMoments hausdorff95_mm;
    SampleMoments surface_distance_mm;
    SampleMoments area_error_pct;  ///< Of each slice, in percent of its reference.
    SampleMoments fdr_error;       ///< Percentage points.
    Agreement area_mm2;
    std::optional<double> area_bias_pct;  ///< Bias of the area in percent of the mean reference.
    Agreement fdr_pct;
    /// Share of the slices whose reference our 90 % interval holds, percent; absent without any.
    std::optional<double> area_coverage_pct;
    std::optional<double> fdr_coverage_pct;
    SampleMoments perimeter_ratio;  ///< Ours / reference: roughness of the border.
};

/// In the order of `regions`; regions that no slice has are left out.
std::vector<RegionSummary> summarize_scores(const std::vector<CaseScore>& cases,
                                            const std::vector<Region>& regions);

}  // namespace paraspinal

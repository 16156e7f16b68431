// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/labels/summarize_scores.h"

#include "core/quantile.h"

namespace paraspinal {
namespace {

constexpr double kLowShare = 0.05;

std::vector<const RegionScore*> scores_of(const std::vector<CaseScore>& cases,
                                          const std::string& region) {
    std::vector<const RegionScore*> scores;
    for (const CaseScore& one : cases) {
        for (const RegionScore& score : one.regions) {
            if (score.region == region) {
                scores.push_back(&score);
            }
        }
    }
    return scores;
}

// The values that `value_of` finds.
template <class ValueOf>
std::vector<double> values_of(const std::vector<const RegionScore*>& scores, ValueOf value_of) {
    std::vector<double> values;
    for (const RegionScore* const score : scores) {
        if (const std::optional<double> value = value_of(*score)) {
            values.push_back(*value);
        }
    }
    return values;
}

void add_agreement(RegionSummary& summary, const std::vector<const RegionScore*>& scores) {
    std::vector<double> area;
    std::vector<double> reference_area;
    std::vector<double> fdr;
    std::vector<double> reference_fdr;
    for (const RegionScore* const score : scores) {
        area.push_back(score->overlap.first_area_mm2);
        reference_area.push_back(score->overlap.second_area_mm2);
        if (fdr_error(*score)) {
            fdr.push_back(*score->fdr_pct);
            reference_fdr.push_back(*score->reference_fdr_pct);
        }
    }
    summary.area_mm2 = measure_agreement({.first = area, .second = reference_area});
    const double mean_mm2 = sample_moments(reference_area).mean;
    if (mean_mm2 > 0) {
        summary.area_bias_pct = 100 * (sample_moments(area).mean - mean_mm2) / mean_mm2;
    }
    summary.fdr_pct = measure_agreement({.first = fdr, .second = reference_fdr});
}

// Percent of the answers that are yes.
template <class IsHeld>
std::optional<double> coverage_pct(const std::vector<const RegionScore*>& scores, IsHeld is_held) {
    double asked = 0;
    double held = 0;
    for (const RegionScore* const score : scores) {
        if (const std::optional<bool> answer = is_held(*score)) {
            asked += 1;
            held += *answer ? 1 : 0;
        }
    }
    return asked > 0 ? std::optional(100 * held / asked) : std::nullopt;
}

RegionSummary summary_of(const std::string& region, const std::vector<const RegionScore*>& scores) {
    RegionSummary summary{.region = region, .slices = static_cast<std::int64_t>(scores.size())};
    for (const RegionScore* const score : scores) {
        summary.missed += score->overlap.first_area_mm2 > 0 ? 0 : 1;
        summary.invented += score->overlap.second_area_mm2 > 0 ? 0 : 1;
    }
    const std::vector<double> dice =
        values_of(scores, [](const RegionScore& score) { return score.overlap.dice; });
    summary.dice = sample_moments(dice);
    summary.dice_p5 = quantile(dice, kLowShare);
    summary.hausdorff95_mm = sample_moments(
        values_of(scores, [](const RegionScore& score) { return score.overlap.hausdorff95_mm; }));
    summary.surface_distance_mm = sample_moments(values_of(
        scores, [](const RegionScore& score) { return score.overlap.mean_surface_distance_mm; }));
    summary.area_error_pct = sample_moments(values_of(
        scores, [](const RegionScore& score) { return area_difference_pct(score.overlap); }));
    summary.fdr_error = sample_moments(values_of(scores, fdr_error));
    summary.area_coverage_pct = coverage_pct(scores, [](const RegionScore& score) {
        return holds(score.area_mm2, score.overlap.second_area_mm2);
    });
    summary.fdr_coverage_pct = coverage_pct(scores, [](const RegionScore& score) {
        return holds(score.fdr_interval_pct, score.reference_fdr_pct);
    });
    summary.perimeter_ratio = sample_moments(
        values_of(scores, [](const RegionScore& score) { return perimeter_ratio(score.overlap); }));
    add_agreement(summary, scores);
    return summary;
}

}  // namespace

std::vector<RegionSummary> summarize_scores(const std::vector<CaseScore>& cases,
                                            const std::vector<Region>& regions) {
    std::vector<RegionSummary> summaries;
    for (const Region& region : regions) {
        const auto scores = scores_of(cases, region.name);
        if (!scores.empty()) {
            summaries.push_back(summary_of(region.name, scores));
        }
    }
    return summaries;
}

}  // namespace paraspinal

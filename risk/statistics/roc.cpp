// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/statistics/roc.h"

#include "core/interval.h"
#include "core/quantile.h"
#include "risk/statistics/proportion.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <random>

namespace paraspinal {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Patients by score, those that speak most for the event first.
std::vector<std::size_t> most_suspect_first(const ScoredPatients& patients, bool larger) {
    std::vector<std::size_t> order(patients.score.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
        return larger ? patients.score[a] > patients.score[b]
                      : patients.score[a] < patients.score[b];
    });
    return order;
}

std::vector<RocPoint> curve_of(const ScoredPatients& patients, bool larger) {
    const std::vector<std::size_t> order = most_suspect_first(patients, larger);
    const auto events = static_cast<double>(std::ranges::count(patients.event, 1));
    const double non_events = static_cast<double>(order.size()) - events;
    std::vector<RocPoint> curve{
        {.cutoff = larger ? kInfinity : -kInfinity, .sensitivity = 0, .specificity = 1}};
    double true_positives = 0;
    double false_positives = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        (patients.event[order[i]] != 0 ? true_positives : false_positives) += 1;
        const double score = patients.score[order[i]];
        const bool last = i + 1 == order.size();
        if (!last && patients.score[order[i + 1]] == score) {
            continue;
        }
        const double beyond = larger ? -kInfinity : kInfinity;
        curve.push_back({.cutoff = last ? beyond : 0.5 * (score + patients.score[order[i + 1]]),
                         .sensitivity = true_positives / events,
                         .specificity = 1 - false_positives / non_events});
    }
    std::ranges::reverse(curve);
    return curve;
}

RocPoint youden_of(const std::vector<RocPoint>& curve) {
    // Sums that differ by rounding alone count as equal.
    constexpr double kSame = 1e-12;
    RocPoint best = curve.front();
    for (const RocPoint& point : curve) {
        if (point.sensitivity + point.specificity > best.sensitivity + best.specificity + kSame) {
            best = point;
        }
    }
    return best;
}

std::optional<IntervalEstimate> share(std::int64_t with, std::int64_t all) {
    return all > 0 ? std::optional(wilson_interval({.with = with, .all = all})) : std::nullopt;
}

// What the Youden cutoff does to the patients.
void add_shares(const ScoredPatients& patients, RocAnalysis& roc) {
    const auto all = static_cast<std::int64_t>(patients.event.size());
    const std::int64_t events = std::ranges::count(patients.event, 1);
    const std::int64_t found = std::llround(roc.youden.sensitivity * static_cast<double>(events));
    const std::int64_t cleared =
        std::llround(roc.youden.specificity * static_cast<double>(all - events));
    const std::int64_t positive = found + all - events - cleared;
    roc.sensitivity = wilson_interval({.with = found, .all = events});
    roc.specificity = wilson_interval({.with = cleared, .all = all - events});
    roc.positive_predictive_value = share(found, positive);
    roc.negative_predictive_value = share(cleared, all - positive);
    roc.accuracy = wilson_interval({.with = found + cleared, .all = all});
}

}  // namespace

RocAnalysis roc_analysis(const ScoredPatients& patients) {
    RocAnalysis roc{.auc = area_under_curve(patients)};
    if (roc.auc.value < 0.5) {
        roc.larger_means_event = false;
        roc.auc = {.value = 1 - roc.auc.value, .low = 1 - roc.auc.high, .high = 1 - roc.auc.low};
    }
    roc.curve = curve_of(patients, roc.larger_means_event);
    roc.youden = youden_of(roc.curve);
    add_shares(patients, roc);
    return roc;
}

IntervalEstimate youden_cutoff_interval(const ScoredPatients& patients,
                                        const CutoffBootstrap& bootstrap) {
    const RocAnalysis roc = roc_analysis(patients);
    const auto [least, most] = std::ranges::minmax(patients.score);
    std::array<std::vector<double>, 2> groups;
    for (std::size_t i = 0; i < patients.score.size(); ++i) {
        groups.at(patients.event[i] != 0 ? 1 : 0).push_back(patients.score[i]);
    }
    std::mt19937_64 random(bootstrap.seed);
    std::vector<double> score(patients.score.size());
    std::vector<std::uint8_t> event(score.size(), 0);
    std::fill(event.begin() + static_cast<std::ptrdiff_t>(groups[0].size()), event.end(), 1);
    std::vector<double> cutoffs;
    for (int resample = 0; resample < bootstrap.resamples; ++resample) {
        std::size_t at = 0;
        for (const std::vector<double>& group : groups) {
            for (std::size_t i = 0; i < group.size(); ++i, ++at) {
                score[at] = group[random() % group.size()];
            }
        }
        const RocPoint best =
            youden_of(curve_of({.score = score, .event = event}, roc.larger_means_event));
        cutoffs.push_back(std::clamp(best.cutoff, least, most));
    }
    std::ranges::sort(cutoffs);
    constexpr double kTail = (1 - kConfidence) / 2;
    return {.value = roc.youden.cutoff,
            .low = quantile(cutoffs, kTail),
            .high = quantile(cutoffs, 1 - kTail)};
}

}  // namespace paraspinal

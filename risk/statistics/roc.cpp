// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/statistics/roc.h"

#include "core/error.h"
#include "core/interval.h"
#include "core/normal.h"
#include "risk/statistics/mann_whitney.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace paraspinal {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct Groups {
    std::vector<double> events;
    std::vector<double> non_events;
};

Groups groups_of(const ScoredPatients& patients) {
    if (patients.score.size() != patients.event.size()) {
        throw Error(ErrorCode::internal, "as many scores as outcomes are needed");
    }
    Groups groups;
    for (std::size_t i = 0; i < patients.score.size(); ++i) {
        (patients.event[i] != 0 ? groups.events : groups.non_events).push_back(patients.score[i]);
    }
    if (groups.events.empty() || groups.non_events.empty()) {
        throw Error(ErrorCode::invalid_value,
                    "a ROC curve needs patients with and without the event");
    }
    return groups;
}

// Share of the other group that each value beats (ties half): DeLong's placements.
std::vector<double> placements(std::span<const double> all_ranks,
                               const std::vector<double>& own,
                               std::size_t others) {
    const std::vector<double> own_ranks = mid_ranks(own);
    std::vector<double> beaten(own.size());
    for (std::size_t i = 0; i < own.size(); ++i) {
        beaten[i] = (all_ranks[i] - own_ranks[i]) / static_cast<double>(others);
    }
    return beaten;
}

double variance_of_mean(const std::vector<double>& values) {
    if (values.size() < 2) {
        return 0;
    }
    const SampleMoments moments = sample_moments(values);
    return moments.sd * moments.sd / moments.n;
}

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

}  // namespace

IntervalEstimate area_under_curve(const ScoredPatients& patients) {
    const Groups groups = groups_of(patients);
    std::vector<double> all = groups.events;
    all.insert(all.end(), groups.non_events.begin(), groups.non_events.end());
    const std::vector<double> ranks = mid_ranks(all);
    const std::span<const double> all_ranks(ranks);
    const std::size_t n = groups.events.size();
    const std::size_t m = groups.non_events.size();
    const std::vector<double> of_events = placements(all_ranks.first(n), groups.events, m);
    const std::vector<double> of_others = placements(all_ranks.last(m), groups.non_events, n);
    const double auc = sample_moments(of_events).mean;
    const double reach = normal_reach(kConfidence) *
                         std::sqrt(variance_of_mean(of_events) + variance_of_mean(of_others));
    return {.value = auc, .low = std::max(0.0, auc - reach), .high = std::min(1.0, auc + reach)};
}

RocAnalysis roc_analysis(const ScoredPatients& patients) {
    RocAnalysis roc{.auc = area_under_curve(patients)};
    if (roc.auc.value < 0.5) {
        roc.larger_means_event = false;
        roc.auc = {.value = 1 - roc.auc.value, .low = 1 - roc.auc.high, .high = 1 - roc.auc.low};
    }
    roc.curve = curve_of(patients, roc.larger_means_event);
    // Sums that differ by rounding alone count as equal.
    constexpr double kSame = 1e-12;
    roc.youden = roc.curve.front();
    for (const RocPoint& point : roc.curve) {
        if (point.sensitivity + point.specificity >
            roc.youden.sensitivity + roc.youden.specificity + kSame) {
            roc.youden = point;
        }
    }
    const auto events = static_cast<double>(std::ranges::count(patients.event, 1));
    const double non_events = static_cast<double>(patients.event.size()) - events;
    const double found = roc.youden.sensitivity * events;
    const double cleared = roc.youden.specificity * non_events;
    const double positive = found + non_events - cleared;
    const double negative = cleared + events - found;
    roc.positive_predictive_value = positive > 0 ? found / positive : 0;
    roc.negative_predictive_value = negative > 0 ? cleared / negative : 0;
    roc.accuracy = (found + cleared) / (events + non_events);
    return roc;
}

}  // namespace paraspinal

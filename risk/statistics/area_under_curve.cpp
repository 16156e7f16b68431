// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/statistics/area_under_curve.h"

#include "core/error.h"
#include "core/interval.h"
#include "core/normal.h"
#include "risk/statistics/mann_whitney.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace paraspinal {
namespace {

// Shares of the other group that each patient beats (ties half): DeLong's placements.
struct Placements {
    std::vector<double> events;
    std::vector<double> others;
    double area = 0;
};

std::vector<double> beaten_shares(std::span<const double> all_ranks,
                                  const std::vector<double>& own,
                                  std::size_t others) {
    const std::vector<double> own_ranks = mid_ranks(own);
    std::vector<double> beaten(own.size());
    for (std::size_t i = 0; i < own.size(); ++i) {
        beaten[i] = (all_ranks[i] - own_ranks[i]) / static_cast<double>(others);
    }
    return beaten;
}

Placements placements_of(const ScoredPatients& patients) {
    if (patients.score.size() != patients.event.size()) {
        throw Error(ErrorCode::internal, "as many scores as outcomes are needed");
    }
    std::vector<double> events;
    std::vector<double> others;
    for (std::size_t i = 0; i < patients.score.size(); ++i) {
        (patients.event[i] != 0 ? events : others).push_back(patients.score[i]);
    }
    if (events.empty() || others.empty()) {
        throw Error(ErrorCode::invalid_value,
                    "a ROC curve needs patients with and without the event");
    }
    std::vector<double> all = events;
    all.insert(all.end(), others.begin(), others.end());
    const std::vector<double> ranks = mid_ranks(all);
    const std::span<const double> all_ranks(ranks);
    Placements found{.events = beaten_shares(all_ranks.first(events.size()), events, others.size()),
                     .others = beaten_shares(all_ranks.last(others.size()), others, events.size())};
    found.area = sample_moments(found.events).mean;
    return found;
}

double variance_of_mean(const std::vector<double>& values) {
    const SampleMoments moments = sample_moments(values);
    return moments.sd * moments.sd / moments.n;
}

double delong_variance(const Placements& placements) {
    return variance_of_mean(placements.events) + variance_of_mean(placements.others);
}

bool is_degenerate(const Placements& placements) {
    return placements.events.size() < 2 || placements.others.size() < 2 ||
           delong_variance(placements) <= 0;
}

// Where the area `edge` (0 or 1) would have to move towards it before the observed one is 1.96
// standard errors away.
double newcombe_bound(const Placements& placements, double edge) {
    const auto m = static_cast<double>(placements.events.size());
    const auto n = static_cast<double>(placements.others.size());
    const double z = normal_reach(kConfidence);
    const auto excluded = [&](double area) {
        const double spread = 1 + ((m + n) / 2 - 1) * ((1 - area) / (2 - area) + area / (1 + area));
        return std::abs(placements.area - area) >
               z * std::sqrt(area * (1 - area) * spread / (m * n));
    };
    double inside = placements.area;
    double outside = edge;
    if (inside == edge) {
        return edge;
    }
    constexpr int kHalvings = 60;
    for (int i = 0; i < kHalvings; ++i) {
        const double middle = (inside + outside) / 2;
        (excluded(middle) ? outside : inside) = middle;
    }
    return (inside + outside) / 2;
}

// Of the means of two lists of the same patients.
double covariance_of_means(const std::vector<double>& a, const std::vector<double>& b) {
    const double mean_a = sample_moments(a).mean;
    const double mean_b = sample_moments(b).mean;
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        sum += (a[i] - mean_a) * (b[i] - mean_b);
    }
    const auto n = static_cast<double>(a.size());
    return sum / (n - 1) / n;
}

}  // namespace

IntervalEstimate area_under_curve(const ScoredPatients& patients) {
    const Placements placements = placements_of(patients);
    const double area = placements.area;
    if (is_degenerate(placements)) {
        return {.value = area,
                .low = newcombe_bound(placements, 0),
                .high = newcombe_bound(placements, 1)};
    }
    const double reach = normal_reach(kConfidence) * std::sqrt(delong_variance(placements));
    return {.value = area, .low = std::max(0.0, area - reach), .high = std::min(1.0, area + reach)};
}

bool has_degenerate_area(const ScoredPatients& patients) {
    return is_degenerate(placements_of(patients));
}

AreaComparison compare_areas(const TwoScores& scores) {
    const Placements first = placements_of({.score = scores.first, .event = scores.event});
    const Placements second = placements_of({.score = scores.second, .event = scores.event});
    if (first.events.size() < 2 || first.others.size() < 2) {
        throw Error(ErrorCode::invalid_value,
                    "a comparison of two areas needs two patients with and two without the event");
    }
    const double variance = delong_variance(first) + delong_variance(second) -
                            2 * covariance_of_means(first.events, second.events) -
                            2 * covariance_of_means(first.others, second.others);
    const double error = std::sqrt(std::max(0.0, variance));
    const double difference = first.area - second.area;
    const double reach = normal_reach(kConfidence) * error;
    AreaComparison comparison{
        .difference = {.value = difference, .low = difference - reach, .high = difference + reach},
        .test = {.method = "DeLong"}};
    if (error > 0) {
        comparison.test.statistic = difference / error;
        comparison.test.p = std::erfc(std::abs(difference) / error / std::numbers::sqrt2);
    }
    return comparison;
}

}  // namespace paraspinal

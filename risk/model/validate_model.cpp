// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/model/validate_model.h"

#include "core/error.h"
#include "core/interval.h"
#include "core/normal.h"
#include "core/quantile.h"
#include "risk/model/published_cohort.h"
#include "risk/statistics/proportion.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace paraspinal {
namespace {

constexpr std::size_t kGroups = 10;

double brier_score(const ScoredPatients& patients) {
    double sum = 0;
    for (std::size_t i = 0; i < patients.score.size(); ++i) {
        sum += std::pow(patients.score[i] - patients.event[i], 2);
    }
    return sum / static_cast<double>(patients.score.size());
}

// Newton's method for the one coefficient of a regression with an offset.
IntervalEstimate in_the_large(const ScoredPatients& patients) {
    double intercept = 0;
    double information = 0;
    constexpr int kSteps = 100;
    for (int step = 0; step < kSteps; ++step) {
        double score = 0;
        information = 0;
        for (std::size_t i = 0; i < patients.score.size(); ++i) {
            const double risk = logistic(intercept + logit(patients.score[i]));
            score += patients.event[i] - risk;
            information += risk * (1 - risk);
        }
        const double change = std::clamp(score / information, -2.0, 2.0);
        intercept += change;
        if (std::abs(change) < 1e-12) {
            break;
        }
    }
    const double reach = normal_reach(kConfidence) / std::sqrt(information);
    return {.value = intercept, .low = intercept - reach, .high = intercept + reach};
}

RegressionData on_logit(const ScoredPatients& patients) {
    RegressionData data{.names = {"logit"}};
    for (std::size_t i = 0; i < patients.score.size(); ++i) {
        data.x.push_back(logit(patients.score[i]));
        data.event.push_back(patients.event[i]);
    }
    return data;
}

std::vector<CalibrationGroup> calibration_groups(const ScoredPatients& patients) {
    std::vector<std::size_t> order(patients.score.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::stable_sort(
        order, [&](std::size_t a, std::size_t b) { return patients.score[a] < patients.score[b]; });
    std::vector<CalibrationGroup> groups;
    for (std::size_t i = 0; i < kGroups; ++i) {
        const std::size_t begin = i * order.size() / kGroups;
        const std::size_t end = (i + 1) * order.size() / kGroups;
        if (begin == end) {
            continue;
        }
        CalibrationGroup group{.patients = end - begin};
        for (std::size_t k = begin; k < end; ++k) {
            group.predicted += patients.score[order[k]];
            group.observed += patients.event[order[k]];
        }
        group.predicted /= static_cast<double>(group.patients);
        group.interval = wilson_interval({.with = static_cast<std::int64_t>(group.observed),
                                          .all = static_cast<std::int64_t>(group.patients)});
        group.observed = group.interval.value;
        groups.push_back(group);
    }
    return groups;
}

// The part of a restricted cubic spline with three knots that is not linear.
double bend(double x, const std::array<double, 3>& knot) {
    const auto cube = [](double value) { return value > 0 ? value * value * value : 0; };
    const double upper = knot[2] - knot[1];
    const double span = knot[2] - knot[0];
    return (cube(x - knot[0]) - cube(x - knot[1]) * span / upper +
            cube(x - knot[2]) * (knot[1] - knot[0]) / upper) /
           (span * span);
}

std::vector<CalibrationPoint> smooth_calibration(const ScoredPatients& patients) {
    std::vector<double> logits;
    for (const double risk : patients.score) {
        logits.push_back(logit(risk));
    }
    std::vector<double> sorted = logits;
    std::ranges::sort(sorted);
    const std::array knot{quantile(sorted, 0.1), quantile(sorted, 0.5), quantile(sorted, 0.9)};
    if (!(knot[0] < knot[1] && knot[1] < knot[2])) {
        return {};
    }
    RegressionData data{.names = {"logit", "bend"},
                        .event = {patients.event.begin(), patients.event.end()}};
    for (const double x : logits) {
        data.x.insert(data.x.end(), {x, bend(x, knot)});
    }
    LogisticFit fit;
    try {
        fit = fit_logistic(data);
    } catch (const Error&) {
        return {};  // Too few patients, or too few different risks.
    }
    if (!fit.converged) {
        return {};
    }
    constexpr int kPlaces = 60;
    const auto [least, most] = std::ranges::minmax(patients.score);
    std::vector<CalibrationPoint> curve;
    for (int place = 0; place < kPlaces; ++place) {
        const double share = static_cast<double>(place) / (kPlaces - 1);
        const double risk = least + share * (most - least);
        const std::array<double, 3> at{1, logit(risk), bend(logit(risk), knot)};
        double value = 0;
        double variance = 0;
        for (std::size_t i = 0; i < at.size(); ++i) {
            value += at[i] * fit.coefficient[i];
            for (std::size_t k = 0; k < at.size(); ++k) {
                variance += at[i] * at[k] * fit.covariance[i * at.size() + k];
            }
        }
        const double reach = normal_reach(kConfidence) * std::sqrt(std::max(0.0, variance));
        curve.push_back({.predicted = risk,
                         .observed = {.value = logistic(value),
                                      .low = logistic(value - reach),
                                      .high = logistic(value + reach)}});
    }
    return curve;
}

std::vector<RiskBin> risk_histogram(const ScoredPatients& patients) {
    constexpr std::size_t kBins = 20;
    std::vector<RiskBin> bins(kBins);
    for (std::size_t i = 0; i < patients.score.size(); ++i) {
        const auto place = static_cast<std::size_t>(patients.score[i] * kBins);
        RiskBin& bin = bins[std::min(place, kBins - 1)];
        ++(patients.event[i] != 0 ? bin.events : bin.others);
    }
    return bins;
}

std::vector<NetBenefit> net_benefits(const ScoredPatients& patients) {
    const auto all = static_cast<double>(patients.score.size());
    const auto events = static_cast<double>(std::ranges::count(patients.event, 1));
    std::vector<NetBenefit> curve;
    constexpr int kThresholds = 100;
    for (int i = 1; i < kThresholds; ++i) {
        const double threshold = static_cast<double>(i) / kThresholds;
        const double weight = threshold / (1 - threshold);
        double benefit = 0;
        for (std::size_t k = 0; k < patients.score.size(); ++k) {
            if (patients.score[k] >= threshold) {
                benefit += patients.event[k] != 0 ? 1 : -weight;
            }
        }
        curve.push_back({.threshold = threshold,
                         .model = benefit / all,
                         .everyone = (events - (all - events) * weight) / all});
    }
    return curve;
}

}  // namespace

ModelValidation validate_predictions(const ScoredPatients& given) {
    constexpr double kFromCertainty = std::numeric_limits<double>::epsilon();
    std::vector<double> risks;
    std::vector<std::size_t> clamped;
    for (const double risk : given.score) {
        if (!(risk >= 0 && risk <= 1)) {
            throw Error(ErrorCode::invalid_value, "predicted risks must lie between 0 and 1");
        }
        risks.push_back(std::clamp(risk, kFromCertainty, 1 - kFromCertainty));
        if (risks.back() != risk) {
            clamped.push_back(risks.size() - 1);
        }
    }
    const ScoredPatients predictions{.score = risks, .event = given.event};
    ModelValidation validation{.patients = risks.size(),
                               .clamped = std::move(clamped),
                               .auc = area_under_curve(predictions)};
    validation.events = static_cast<std::size_t>(std::ranges::count(predictions.event, 1));
    const auto patients = static_cast<double>(validation.patients);
    validation.mean_predicted =
        std::accumulate(predictions.score.begin(), predictions.score.end(), 0.0) / patients;
    validation.brier = brier_score(predictions);
    const double rate = static_cast<double>(validation.events) / patients;
    validation.scaled_brier = 1 - validation.brier / (rate * (1 - rate));
    validation.calibration_in_the_large = in_the_large(predictions);
    const LogisticFit fit = fit_logistic(on_logit(predictions));
    if (fit.converged) {
        validation.calibration_slope = wald_interval(fit, 1);
        validation.calibration_intercept = fit.coefficient[0];
    }
    validation.groups = calibration_groups(predictions);
    validation.smooth = smooth_calibration(predictions);
    validation.histogram = risk_histogram(predictions);
    validation.decision_curve = net_benefits(predictions);
    return validation;
}

std::vector<double> predicted_risks(const RegressionData& data,
                                    const std::vector<double>& coefficient) {
    const std::size_t predictors = data.names.size();
    std::vector<double> risks(data.event.size());
    for (std::size_t row = 0; row < risks.size(); ++row) {
        double sum = coefficient[0];
        for (std::size_t i = 0; i < predictors; ++i) {
            sum += coefficient[i + 1] * data.x[row * predictors + i];
        }
        risks[row] = logistic(sum);
    }
    return risks;
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/model/published_cohort.h"

#include "core/error.h"
#include "core/normal.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>

namespace paraspinal {
namespace {

// Steps of the lattice. The normal density needs steps below its SD, the logistic function, with
// poles at +-i pi, steps below about 0.7 logits; both then err by less than 1e-12.
constexpr double kStepPerSd = 0.75;
constexpr double kMaxStep = 0.7;
// Beyond this many SDs a normal holds less than 1e-16.
constexpr double kReachInSds = 8.5;
// A spread of so few logits moves no risk by more than its square: taken for none.
constexpr double kNoSpread = 1e-7;

GroupSum group_sum(const RiskModel& model,
                   const std::vector<bool>& takes_part,
                   GroupMoments Predictor::*group) {
    GroupSum sum{.probability = {1.0}, .mean = {0.0}};
    double variance = 0;
    for (std::size_t i = 0; i < model.predictors.size(); ++i) {
        const Predictor& predictor = model.predictors[i];
        const GroupMoments& moments = predictor.*group;
        if (!takes_part[i]) {
            continue;
        }
        const std::size_t patterns = sum.mean.size();
        if (predictor.kind == PredictorKind::continuous) {
            for (double& mean : sum.mean) {
                mean += predictor.coefficient * moments.mean;
            }
            variance += std::pow(predictor.coefficient * moments.sd, 2);
            continue;
        }
        for (std::size_t pattern = 0; pattern < patterns; ++pattern) {
            sum.probability.push_back(sum.probability[pattern] * moments.mean);
            sum.mean.push_back(sum.mean[pattern] + predictor.coefficient);
            sum.probability[pattern] *= 1 - moments.mean;
        }
    }
    sum.sd = std::sqrt(variance);
    return sum;
}

// Weights of both groups at whole multiples of a step.
struct Lattice {
    double step = 0;
    std::map<long, std::array<double, 2>> weights;
};

// Adds the normals of one group to the lattice; their weights add up to 1.
void add_normals(const GroupSum& sum, std::size_t group, Lattice& lattice) {
    const double step = lattice.step;
    for (std::size_t pattern = 0; pattern < sum.mean.size(); ++pattern) {
        const double mean = sum.mean[pattern];
        const double reach = kReachInSds * sum.sd;
        const long first = std::lround(std::floor((mean - reach) / step));
        const long last = std::lround(std::ceil((mean + reach) / step));
        const double height =
            sum.probability[pattern] * step / (sum.sd * std::sqrt(2 * std::numbers::pi));
        for (long k = first; k <= last; ++k) {
            const double z = (static_cast<double>(k) * step - mean) / sum.sd;
            lattice.weights[k].at(group) += height * std::exp(-0.5 * z * z);
        }
    }
}

// Both groups' patterns one after the other, for sums without spread.
CohortPoints discrete_points(const CohortSum& sum) {
    CohortPoints points{.value = sum.events.mean, .events_weight = sum.events.probability};
    points.non_events_weight.assign(points.value.size(), 0);
    for (std::size_t i = 0; i < sum.non_events.mean.size(); ++i) {
        points.value.push_back(sum.non_events.mean[i]);
        points.events_weight.push_back(0);
        points.non_events_weight.push_back(sum.non_events.probability[i]);
    }
    return points;
}

struct Mean {
    double value = 0;
    double slope = 0;  // d value / d intercept
};

Mean mean_risk_at(double intercept, const CohortPoints& points, double rate) {
    Mean mean;
    for (std::size_t i = 0; i < points.value.size(); ++i) {
        const double risk = logistic(intercept + points.value[i]);
        const double weight =
            rate * points.events_weight[i] + (1 - rate) * points.non_events_weight[i];
        mean.value += weight * risk;
        mean.slope += weight * risk * (1 - risk);
    }
    return mean;
}

CohortPoints all_points(const RiskModel& model) {
    return cohort_points(cohort_sum(model, std::vector<bool>(model.predictors.size(), true)));
}

}  // namespace

double logistic(double logit) {
    return 1 / (1 + std::exp(-logit));
}

double logit(double probability) {
    return std::log(probability / (1 - probability));
}

CohortSum cohort_sum(const RiskModel& model, const std::vector<bool>& takes_part) {
    return {.events = group_sum(model, takes_part, &Predictor::events),
            .non_events = group_sum(model, takes_part, &Predictor::non_events)};
}

CohortPoints cohort_points(const CohortSum& sum) {
    const double smallest_sd = std::min(sum.events.sd, sum.non_events.sd);
    if (smallest_sd < kNoSpread) {
        return discrete_points(sum);
    }
    Lattice lattice{.step = std::min(kMaxStep, kStepPerSd * smallest_sd)};
    add_normals(sum.events, 0, lattice);
    add_normals(sum.non_events, 1, lattice);
    CohortPoints points;
    for (const auto& [k, weights] : lattice.weights) {
        points.value.push_back(static_cast<double>(k) * lattice.step);
        points.events_weight.push_back(weights[0]);
        points.non_events_weight.push_back(weights[1]);
    }
    return points;
}

double cohort_mean_risk(const RiskModel& model, double intercept) {
    return mean_risk_at(intercept, all_points(model), event_rate(model)).value;
}

double calibrate_intercept(const RiskModel& model, double mean_risk) {
    if (!(mean_risk > 0 && mean_risk < 1)) {
        throw Error(ErrorCode::invalid_value, "a mean risk must lie between 0 and 1");
    }
    const CohortPoints points = all_points(model);
    // The mean grows with the intercept: keep a bracket, and take Newton's step where it stays in.
    const auto [smallest, largest] = std::minmax_element(points.value.begin(), points.value.end());
    double low = logit(mean_risk) - *largest;
    double high = logit(mean_risk) - *smallest;
    double intercept = 0.5 * (low + high);
    constexpr int kMaxSteps = 200;
    for (int i = 0; i < kMaxSteps && high - low > 1e-13; ++i) {
        const Mean mean = mean_risk_at(intercept, points, event_rate(model));
        (mean.value < mean_risk ? low : high) = intercept;
        const double newton = intercept - (mean.value - mean_risk) / mean.slope;
        const double next = newton > low && newton < high ? newton : 0.5 * (low + high);
        if (std::abs(next - intercept) < 1e-13) {
            return next;
        }
        intercept = next;
    }
    return intercept;
}

double cohort_auc(const RiskModel& model) {
    const CohortSum sum = cohort_sum(model, std::vector<bool>(model.predictors.size(), true));
    const double sd = std::hypot(sum.events.sd, sum.non_events.sd);
    double auc = 0;
    for (std::size_t i = 0; i < sum.events.mean.size(); ++i) {
        for (std::size_t k = 0; k < sum.non_events.mean.size(); ++k) {
            const double difference = sum.events.mean[i] - sum.non_events.mean[k];
            const double ties_half = difference > 0 ? 1 : (difference < 0 ? 0 : 0.5);
            const double higher = sd > 0 ? normal_cdf(difference / sd) : ties_half;
            auc += sum.events.probability[i] * sum.non_events.probability[k] * higher;
        }
    }
    return auc;
}

CohortCalibration cohort_calibration(const RiskModel& model) {
    const CohortPoints points = all_points(model);
    const double rate = event_rate(model);
    constexpr double kExtreme = 0.01;
    const CohortSum sum = cohort_sum(model, std::vector<bool>(model.predictors.size(), true));
    CohortCalibration fit{.slope = 0,
                          .intercept = logit(rate),
                          .share_extreme = cohort_share_below(model, sum, logit(kExtreme)) + 1 -
                                           cohort_share_below(model, sum, logit(1 - kExtreme))};
    constexpr int kSteps = 200;
    for (int step = 0; step < kSteps; ++step) {
        double score = 0;
        double score_slope = 0;
        double weight = 0;
        double weighted = 0;
        double weighted_square = 0;
        for (std::size_t i = 0; i < points.value.size(); ++i) {
            const double x = model.intercept + points.value[i];
            const double events = rate * points.events_weight[i];
            const double all = events + (1 - rate) * points.non_events_weight[i];
            const double risk = logistic(fit.intercept + fit.slope * x);
            const double residual = events - all * risk;
            const double information = all * risk * (1 - risk);
            score += residual;
            score_slope += residual * x;
            weight += information;
            weighted += information * x;
            weighted_square += information * x * x;
        }
        const double determinant = weight * weighted_square - weighted * weighted;
        if (!(determinant > 0)) {
            break;
        }
        const double by_intercept =
            (weighted_square * score - weighted * score_slope) / determinant;
        const double by_slope = (weight * score_slope - weighted * score) / determinant;
        const double longest = std::max(std::abs(by_intercept), std::abs(by_slope));
        const double shorter = std::min(1.0, 1 / longest);
        fit.intercept += shorter * by_intercept;
        fit.slope += shorter * by_slope;
        if (longest < 1e-12) {
            break;
        }
    }
    return fit;
}

double cohort_share_below(const RiskModel& model, const CohortSum& all_predictors, double logit) {
    const auto share = [&](const GroupSum& group) {
        double below = 0;
        for (std::size_t i = 0; i < group.mean.size(); ++i) {
            const double above_mean = logit - model.intercept - group.mean[i];
            const double part =
                group.sd > 0 ? normal_cdf(above_mean / group.sd) : (above_mean > 0 ? 1.0 : 0.0);
            below += group.probability[i] * part;
        }
        return below;
    };
    const double rate = event_rate(model);
    return rate * share(all_predictors.events) + (1 - rate) * share(all_predictors.non_events);
}

}  // namespace paraspinal

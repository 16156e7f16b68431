// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/model/estimate_risk.h"

#include "core/error.h"
#include "core/interval.h"
#include "core/normal.h"
#include "risk/model/coefficient_covariance.h"
#include "risk/model/load_risk_model.h"
#include "risk/model/possible_value_internal.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace paraspinal {
namespace {

// Patterns of absence whose integration points are kept; a table rarely has more than a few.
constexpr std::size_t kMaxKeptPatterns = 1024;

using Values = std::span<const std::optional<RiskInput>>;

double log_density(const Predictor& predictor, const GroupMoments& group, double value) {
    if (predictor.kind == PredictorKind::binary) {
        return std::log(value == 1 ? group.mean : 1 - group.mean);
    }
    const double z = (value - group.mean) / group.sd;
    return -0.5 * z * z - std::log(group.sd);
}

// Probability that a patient of the cohort with these known values belongs to the events group.
double share_with_event(const RiskModel& model, Values values) {
    double log_odds = logit(event_rate(model));
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i]) {
            const Predictor& predictor = model.predictors[i];
            log_odds += log_density(predictor, predictor.events, values[i]->value) -
                        log_density(predictor, predictor.non_events, values[i]->value);
        }
    }
    // Not a number when each group rules out one of the values: then they tell nothing.
    return std::isnan(log_odds) ? event_rate(model) : logistic(log_odds);
}

// What a group of the cohort says of the patient's logit.
struct GroupView {
    double absent_mean = 0;      // of the sum over the missing predictors
    double absent_variance = 0;  // of the same
    double coefficient_variance = 0;
};

GroupView view_from_group(const RiskModel& model,
                          const std::vector<double>& covariance,
                          Values values,
                          GroupMoments Predictor::*group) {
    const std::size_t terms = values.size() + 1;
    GroupView view;
    std::vector<double> x(terms, 1.0);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const Predictor& predictor = model.predictors[i];
        if (values[i]) {
            x[i + 1] = values[i]->value;
            continue;
        }
        const GroupMoments& moments = predictor.*group;
        const double variance = moments.sd * moments.sd;
        x[i + 1] = moments.mean;
        view.absent_mean += predictor.coefficient * moments.mean;
        view.absent_variance += predictor.coefficient * predictor.coefficient * variance;
        view.coefficient_variance += covariance[(i + 1) * terms + i + 1] * variance;
    }
    for (std::size_t row = 0; row < terms; ++row) {
        double product = 0;
        for (std::size_t col = 0; col < terms; ++col) {
            product += covariance[row * terms + col] * x[col];
        }
        view.coefficient_variance += x[row] * product;
    }
    return view;
}

struct LogitMoments {
    double mean = 0;
    double variance = 0;
};

// Of the patient's logit around `known_part`, over missing predictors and coefficients.
LogitMoments logit_moments(const RiskModel& model,
                           const std::vector<double>& covariance,
                           Values values,
                           double share) {
    const GroupView with = view_from_group(model, covariance, values, &Predictor::events);
    const GroupView without = view_from_group(model, covariance, values, &Predictor::non_events);
    LogitMoments moments;
    moments.mean = share * with.absent_mean + (1 - share) * without.absent_mean;
    moments.variance = share * (with.absent_variance + with.coefficient_variance) +
                       (1 - share) * (without.absent_variance + without.coefficient_variance) +
                       share * (1 - share) * std::pow(with.absent_mean - without.absent_mean, 2);
    return moments;
}

std::vector<std::optional<RiskInput>> in_order(const RiskModel& model, const RiskInputs& inputs) {
    std::vector<std::optional<RiskInput>> values(model.predictors.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto found = inputs.find(model.predictors[i].key);
        if (found != inputs.end()) {
            values[i] = found->second;
        }
    }
    return values;
}

// Of a mixture in which `share` of the patients belong to the events group.
double mixture_mean(const Predictor& predictor, double share) {
    return share * predictor.events.mean + (1 - share) * predictor.non_events.mean;
}

// The card beside `model`, without one of its own, so that two cards may name each other.
std::unique_ptr<RiskEstimator> companion_of(const RiskModel& model) {
    if (model.companion.empty()) {
        return nullptr;
    }
    RiskModel companion = within("the card beside " + model.name,
                                 [&model] { return load_risk_model(model.companion); });
    if (!std::ranges::equal(
            model.predictors, companion.predictors, {}, &Predictor::key, &Predictor::key)) {
        return nullptr;
    }
    companion.companion.clear();
    for (std::size_t i = 0; i < model.predictors.size(); ++i) {
        // Both see the same patient: which values nobody can have is for the model to say.
        companion.predictors[i].possible_range = model.predictors[i].possible_range;
    }
    return std::make_unique<RiskEstimator>(std::move(companion));
}

}  // namespace

RiskInput measured_input(double value, const Interval& interval) {
    return {.value = value, .error_sd = sd_of(interval)};
}

RiskEstimator::RiskEstimator(RiskModel model)
    : model_(std::move(model)),
      cohort_(cohort_sum(model_, std::vector<bool>(model_.predictors.size(), true))),
      covariance_(coefficient_covariance(model_)),
      companion_(companion_of(model_)) {}

const CohortPoints& RiskEstimator::points_of_absent(const std::vector<bool>& absent) {
    const auto kept = points_.find(absent);
    if (kept != points_.end()) {
        return kept->second;
    }
    if (points_.size() == kMaxKeptPatterns) {
        points_.clear();
    }
    return points_.emplace(absent, cohort_points(cohort_sum(model_, absent))).first->second;
}

RiskEstimate RiskEstimator::estimate(Values values) {
    if (values.size() != model_.predictors.size()) {
        throw Error(ErrorCode::usage, "one value, known or missing, is needed for each predictor");
    }
    RiskEstimate estimate;
    estimate.model = model_.name;
    std::vector<bool> absent(values.size(), false);
    double known_logit = model_.intercept;
    double error_variance = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const Predictor& predictor = model_.predictors[i];
        if (!values[i]) {
            absent[i] = true;
            estimate.imputed.push_back(predictor.key);
            continue;
        }
        const auto [value, error_sd] = *values[i];
        refuse_impossible(predictor, value);
        if (value < predictor.published_range.low || value > predictor.published_range.high) {
            estimate.out_of_range.push_back(predictor.key);
        }
        known_logit += predictor.coefficient * value;
        error_variance += std::pow(predictor.coefficient * error_sd, 2);
    }

    const double share = share_with_event(model_, values);
    estimate.probability = logistic(known_logit);
    if (!estimate.imputed.empty()) {
        const CohortPoints& points = points_of_absent(absent);
        estimate.probability = 0;
        for (std::size_t i = 0; i < points.value.size(); ++i) {
            const double weight =
                share * points.events_weight[i] + (1 - share) * points.non_events_weight[i];
            estimate.probability += weight * logistic(known_logit + points.value[i]);
        }
    }
    const LogitMoments moments = logit_moments(model_, covariance_, values, share);
    const double reach = normal_reach(kConfidence) * std::sqrt(moments.variance + error_variance);
    estimate.low = logistic(known_logit + moments.mean - reach);
    estimate.high = logistic(known_logit + moments.mean + reach);
    estimate.percentile = 100 * cohort_share_below(model_, cohort_, logit(estimate.probability));
    if (companion_) {
        const RiskEstimate beside = companion_->estimate(values);
        estimate.companion = CompanionEstimate{.model = beside.model,
                                               .probability = beside.probability,
                                               .low = beside.low,
                                               .high = beside.high,
                                               .reason = model_.companion_reason};
    }
    return estimate;
}

RiskEstimate estimate_risk(const RiskModel& model, const RiskInputs& inputs) {
    return RiskEstimator(model).estimate(in_order(model, inputs));
}

std::vector<RiskContribution> risk_contributions(const RiskModel& model, const RiskInputs& inputs) {
    return risk_contributions(model, in_order(model, inputs));
}

std::vector<RiskContribution> risk_contributions(const RiskModel& model, Values values) {
    const double share = share_with_event(model, values);
    std::vector<RiskContribution> contributions;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const Predictor& predictor = model.predictors[i];
        if (values[i]) {
            refuse_impossible(predictor, values[i]->value);
        }
        const double value = values[i] ? values[i]->value : mixture_mean(predictor, share);
        contributions.push_back({.key = predictor.key,
                                 .value = value,
                                 .imputed = !values[i],
                                 .logits = predictor.coefficient *
                                           (value - mixture_mean(predictor, event_rate(model)))});
    }
    std::stable_sort(contributions.begin(), contributions.end(), [](const auto& a, const auto& b) {
        return std::abs(a.logits) > std::abs(b.logits);
    });
    return contributions;
}

}  // namespace paraspinal

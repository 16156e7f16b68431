// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/model/make_risk_model.h"

#include "core/error.h"
#include "core/text.h"
#include "risk/model/load_risk_model.h"
#include "risk/model/published_cohort.h"
#include "risk/model/validate_model.h"
#include "risk/model/write_risk_model.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <span>

namespace paraspinal {
namespace {

// Limits of a predictor that no card knows: any number.
constexpr ValueRange kAnything{.low = -1e12, .high = 1e12};

enum class Patients { all, with_event, without_event };

std::vector<double> values_of(const RegressionData& data, std::size_t predictor, Patients wanted) {
    std::vector<double> values;
    for (std::size_t row = 0; row < data.event.size(); ++row) {
        const Patients group =
            data.event[row] != 0 ? Patients::with_event : Patients::without_event;
        if (wanted == Patients::all || wanted == group) {
            values.push_back(data.x[row * data.names.size() + predictor]);
        }
    }
    return values;
}

GroupMoments moments_of(const std::vector<double>& values, const Predictor& predictor) {
    const SampleMoments moments = sample_moments(values);
    if (predictor.kind == PredictorKind::binary) {
        return {.mean = moments.mean, .sd = std::sqrt(moments.mean * (1 - moments.mean))};
    }
    if (!(moments.sd > 0)) {
        throw Error(ErrorCode::invalid_value,
                    "predictor " + predictor.key + " does not vary within a group of patients");
    }
    return {.mean = moments.mean, .sd = moments.sd};
}

// Moments and range of the patients.
void describe_patients(const RegressionData& data, std::size_t i, Predictor& predictor) {
    predictor.events = moments_of(values_of(data, i, Patients::with_event), predictor);
    predictor.non_events = moments_of(values_of(data, i, Patients::without_event), predictor);
    predictor.cohort_source = "own patients";
    const std::vector<double> all = values_of(data, i, Patients::all);
    const auto [low, high] = std::ranges::minmax(all);
    predictor.published_range = {.low = low, .high = high};
    predictor.published_range_source = "smallest and largest value of the own patients";
}

Predictor new_predictor(const RegressionData& data, std::size_t i) {
    const RiskModel known = load_risk_model("yang2025");
    const std::vector<double> all = values_of(data, i, Patients::all);
    const bool binary =
        std::ranges::all_of(all, [](double value) { return value == 0 || value == 1; });
    const std::string key = lower_case(data.names[i]);
    Predictor predictor{.key = key, .label = data.names[i]};
    predictor.kind = binary ? PredictorKind::binary : PredictorKind::continuous;
    predictor.possible_range = binary ? ValueRange{.low = 0, .high = 1} : kAnything;
    if (const auto place = predictor_index(known, key)) {
        const Predictor& same = known.predictors[*place];
        predictor.label = same.label;
        predictor.unit = same.unit;
        predictor.coding = same.coding;
        predictor.possible_range = same.possible_range;
    }
    return predictor;
}

void count_patients(const RegressionData& data, RiskModel& model) {
    model.events = static_cast<int>(std::ranges::count(data.event, 1));
    model.non_events = static_cast<int>(data.event.size()) - model.events;
    model.cohort_source = "own patients, complete cases";
}

std::string events_per_variable(const RiskModel& model) {
    const double fewer = std::min(model.events, model.non_events);
    return fixed_text(fewer / static_cast<double>(model.predictors.size()), 1);
}

void tell_left_out(std::size_t patients, RiskModel& model) {
    if (patients > 0) {
        model.caveats.push_back(
            "Complete cases only: " + std::to_string(patients) +
            " more patients lacked a value or the outcome. Where values are missing for a reason, "
            "the model is about the patients who have them.");
    }
}

// A card that its own reader refuses must not be written.
RiskModel checked(const RiskModel& model) {
    return parse_risk_model(risk_model_json(model));
}

}  // namespace

RiskModel fitted_model(const RegressionData& data,
                       const LogisticFit& fit,
                       const ModelCardText& text) {
    if (!fit.converged) {
        throw Error(ErrorCode::invalid_value,
                    fit.separated ? "the outcomes are separated, so there are no estimates; use "
                                    "Firth's penalty"
                                  : "the regression did not converge");
    }
    RiskModel model{.name = text.name,
                    .version = "1.0.0",
                    .title = "Fitted to own patients: " + text.outcome,
                    .outcome = text.outcome,
                    .citation = text.origin,
                    .intercept = fit.coefficient[0],
                    .covariance = fit.covariance};
    count_patients(data, model);
    for (std::size_t i = 0; i < data.names.size(); ++i) {
        Predictor predictor = new_predictor(data, i);
        const std::size_t term = i + 1;
        predictor.coefficient = fit.coefficient[term];
        predictor.standard_error = std::sqrt(fit.covariance[term * fit.coefficient.size() + term]);
        predictor.source = "logistic regression of the own patients";
        describe_patients(data, i, predictor);
        model.predictors.push_back(std::move(predictor));
    }
    model.caveats = {
        "Fitted to " + std::to_string(data.event.size()) + " patients with " +
            std::to_string(model.events) + " events, " + events_per_variable(model) +
            " events per variable (below 10 the coefficients are unreliable and too large).",
        "Not validated on other patients. Research use only; not for decisions about a patient."};
    tell_left_out(text.left_out, model);
    return checked(model);
}

RiskModel recalibrated_model(const RiskModel& model,
                             const RegressionData& data,
                             const Recalibration& recalibration) {
    std::vector<double> coefficient{model.intercept};
    for (const Predictor& predictor : model.predictors) {
        coefficient.push_back(predictor.coefficient);
    }
    const std::vector<double> risks = predicted_risks(data, coefficient);
    const ModelValidation validation = validate_predictions({.score = risks, .event = data.event});
    const bool slope = recalibration.slope;
    if (slope && !validation.calibration_slope) {
        throw Error(ErrorCode::invalid_value,
                    "the predictions separate the outcomes, so there is no slope");
    }
    const double factor = slope ? validation.calibration_slope->value : 1;
    RiskModel changed = model;
    changed.name = recalibration.name;
    changed.title = model.title + ", recalibrated";
    changed.intercept = slope ? validation.calibration_intercept + factor * model.intercept
                              : model.intercept + validation.calibration_in_the_large.value;
    changed.intercept_is_derived = false;
    changed.intercept_assumption.clear();
    changed.covariance.clear();
    changed.external_validation.clear();
    changed.companion.clear();
    changed.companion_reason.clear();
    count_patients(data, changed);
    for (std::size_t i = 0; i < changed.predictors.size(); ++i) {
        Predictor& predictor = changed.predictors[i];
        predictor.coefficient *= factor;
        predictor.standard_error *= std::abs(factor);
        predictor.other_readings.clear();
        predictor.source += slope ? ", times " + fixed_text(factor, 4) : "";
        describe_patients(data, i, predictor);
    }
    // What they say of intercept, slope or cohort is of the card that was recalibrated.
    for (std::string& caveat : changed.caveats) {
        caveat.insert(0, "Of " + model.name + ", before recalibration: ");
    }
    changed.caveats.insert(changed.caveats.begin(),
                           "Recalibrated on " + std::to_string(data.event.size()) +
                               " own patients with " + std::to_string(changed.events) +
                               " events (" + (slope ? "intercept and slope" : "intercept") +
                               "); not validated on others.");
    tell_left_out(recalibration.left_out, changed);
    return checked(changed);
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/cohort/models/model_text.h"

#include "core/text.h"
#include "pipeline/tables/statistics_text.h"
#include "risk/model/published_cohort.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace paraspinal {
namespace {

std::string group_text(const GroupMoments& moments, PredictorKind kind) {
    return kind == PredictorKind::binary ? percent_text(moments.mean, 1)
                                         : scaled_text(moments.mean, moments.sd, 2) + " ± " +
                                               scaled_text(moments.sd, moments.sd, 2);
}

std::string coefficient_text(double value, double standard_error) {
    return scaled_text(value, standard_error, 3);
}

// Of a unit, without its interval: cards seldom say what kind that would be.
std::string odds_ratio_text(const Predictor& predictor) {
    const double b = predictor.coefficient;
    const std::string text = ratio_text({.value = b, .low = b, .high = b}, 3);
    return text.substr(0, text.find(' '));
}

TextTable predictor_table(const RiskModel& model) {
    TextTable table{.columns = {"predictor", "unit", "B", "SE", "OR", "with event", "without"}};
    for (const Predictor& predictor : model.predictors) {
        // Of a unit with an explanation only the unit.
        const std::string unit = predictor.unit.substr(0, predictor.unit.find(' '));
        table.rows.push_back({predictor.key,
                              predictor.kind == PredictorKind::binary ? "0/1"
                              : unit.empty()                          ? "-"
                                                                      : unit,
                              coefficient_text(predictor.coefficient, predictor.standard_error),
                              coefficient_text(predictor.standard_error, predictor.standard_error),
                              odds_ratio_text(predictor),
                              group_text(predictor.events, predictor.kind),
                              group_text(predictor.non_events, predictor.kind)});
    }
    return table;
}

// What each other reading of a coefficient does to the intercept and the AUC in the cohort.
std::string sensitivity_text(const RiskModel& model) {
    std::string text;
    for (std::size_t i = 0; i < model.predictors.size(); ++i) {
        for (const CoefficientReading& reading : model.predictors[i].other_readings) {
            RiskModel changed = model;
            changed.predictors[i].coefficient = reading.coefficient;
            text += hanging_paragraph(
                "  - ",
                model.predictors[i].key + " " + fixed_text(reading.coefficient, 3) + " (SE " +
                    fixed_text(reading.standard_error, 3) + "): intercept " +
                    fixed_text(calibrate_intercept(changed, event_rate(changed)), 3) + ", AUC " +
                    fixed_text(cohort_auc(changed), 3) + ". " + reading.reason);
        }
    }
    return text.empty() ? text : "\nOther readings of contradictory rows\n" + text;
}

// What a card that nobody fitted here would do in the cohort it describes; a fitted card is judged
// on its own patients instead.
std::string cohort_text(const RiskModel& model) {
    const CohortCalibration fit = cohort_calibration(model);
    constexpr double kTooExtreme = 0.9;
    std::string calibration =
        "slope " + fixed_text(fit.slope, 2) + " in that cohort under the same assumption; " +
        percent_text(fit.share_extreme, 0) + " of its patients are told below 1 % or above 99 %";
    if (fit.slope < kTooExtreme) {
        calibration +=
            ". A slope below 1 means that low risks are told too low and high ones too "
            "high";
    }
    return hanging_paragraph("AUC        ",
                             fixed_text(cohort_auc(model), 3) +
                                 " in that cohort if its predictors are independent within the "
                                 "groups; not validated") +
           hanging_paragraph("Calibration ", calibration);
}

}  // namespace

std::string model_text(const RiskModel& model) {
    std::string text = hanging_paragraph("Model      ", model.name + " " + model.version);
    text += hanging_paragraph("Title      ", model.title);
    text += hanging_paragraph("Outcome    ", model.outcome);
    text += hanging_paragraph("Source     ",
                              model.citation + (model.doi.empty() ? "" : ", doi:" + model.doi));
    text += hanging_paragraph("Cohort     ",
                              std::to_string(model.events) + " patients with the outcome, " +
                                  std::to_string(model.non_events) + " without (" +
                                  model.cohort_source + ")");
    text += hanging_paragraph(
        "Intercept  ",
        fixed_text(model.intercept, 4) +
            (model.intercept_is_derived ? ", derived. " + model.intercept_assumption : ", fitted"));
    if (model.intercept_is_derived) {
        text += cohort_text(model);
    }
    if (!model.external_validation.empty()) {
        text += hanging_paragraph("Elsewhere  ", model.external_validation);
    }
    if (!model.companion.empty()) {
        text += hanging_paragraph("Beside it  ", model.companion + ". " + model.companion_reason);
    }
    text += "\n" + terminal_text(predictor_table(model));
    for (const Predictor& predictor : model.predictors) {
        if (!predictor.note.empty()) {
            text += "\n" + hanging_paragraph(predictor.key + ": ", predictor.note);
        }
    }
    text += sensitivity_text(model) + "\nCaveats\n";
    for (const std::string& caveat : model.caveats) {
        text += hanging_paragraph("  - ", caveat);
    }
    return text;
}

TextTable audit_table(const PublicationAudit& audit, bool everything) {
    TextTable table{.columns = {"where", "what", "printed", "recomputed", "verdict"}};
    for (const AuditFinding& one : audit.findings) {
        if (everything || one.verdict != AuditVerdict::agrees) {
            table.rows.push_back({one.where,
                                  one.what,
                                  one.printed,
                                  one.recomputed,
                                  std::string(verdict_name(one.verdict)) +
                                      (one.note.empty() ? "" : ": " + one.note)});
        }
    }
    return table;
}

std::string validation_text(const ModelValidation& validation, const Optimism& optimism) {
    const bool corrected = optimism.resamples > 0;
    const auto line = [&](const std::string& name, const std::string& value, double better) {
        return padded(name, 28) + padded(value, 30) +
               (corrected ? fixed_text(better, 3) : std::string()) + "\n";
    };
    const auto& slope = validation.calibration_slope;
    std::string text = "Patients " + std::to_string(validation.patients) + ", events " +
                       std::to_string(validation.events) + "\n\n";
    text += padded("", 28) + padded("these patients", 30) +
            (corrected ? "corrected for optimism" : "") + "\n";
    text += line("AUC (95 % CI, DeLong)",
                 interval_text(validation.auc, 3),
                 validation.auc.value - optimism.auc);
    text += line("Brier score", fixed_text(validation.brier, 4), validation.brier - optimism.brier);
    text += line("Calibration slope",
                 slope ? interval_text(*slope, 2) : "does not exist",
                 (slope ? slope->value : 1) - optimism.slope);
    text += padded("Scaled Brier score", 28) + fixed_text(validation.scaled_brier, 3) + "\n";
    text += padded("Calibration in the large", 28) +
            interval_text(validation.calibration_in_the_large, 2) + "\n";
    text += padded("Mean risk, event rate", 28) + fixed_text(100 * validation.mean_predicted, 1) +
            " %, " +
            fixed_text(100.0 * static_cast<double>(validation.events) /
                           static_cast<double>(validation.patients),
                       1) +
            " %\n";
    if (!corrected && optimism.failed > 0) {
        text += "\n" + hanging_paragraph("",
                                         "NOT CORRECTED FOR OPTIMISM: none of " +
                                             std::to_string(optimism.failed) +
                                             " bootstrap resamples could be fitted; on other "
                                             "patients the model is worse than here");
    }
    if (corrected) {
        text +=
            "\n" + std::to_string(optimism.resamples) + " bootstrap resamples" +
            (optimism.failed > 0 ? ", " + std::to_string(optimism.failed) + " could not be fitted"
                                 : "") +
            "\n";
    }
    TextTable groups{.columns = {"tenth", "patients", "predicted", "observed"}};
    for (std::size_t i = 0; i < validation.groups.size(); ++i) {
        const CalibrationGroup& group = validation.groups[i];
        groups.rows.push_back({std::to_string(i + 1),
                               std::to_string(group.patients),
                               percent_text(group.predicted, 1),
                               percent_text(group.observed, 1)});
    }
    text += "\n" + terminal_text(groups);
    TextTable benefit{.columns = {"threshold", "net benefit", "of acting on everyone"}};
    for (const NetBenefit& point : validation.decision_curve) {
        const auto percent = static_cast<int>(std::lround(100 * point.threshold));
        if (percent % 10 == 0 && percent <= 60) {
            benefit.rows.push_back({std::to_string(percent) + " %",
                                    fixed_text(point.model, 3),
                                    fixed_text(point.everyone, 3)});
        }
    }
    return text + "\n" + terminal_text(benefit);
}

}  // namespace paraspinal

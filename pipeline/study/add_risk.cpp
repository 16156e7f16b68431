// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/add_risk.h"

#include "core/error.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {
namespace {

using Values = std::vector<std::optional<RiskInput>>;

// Of the normal distribution that has this 90 % interval.
double deviation_of(const Interval& interval) {
    constexpr double kDeviations = 1.6449;
    return (interval.high - interval.low) / (2 * kDeviations);
}

void set(Values& values,
         const RiskModel& model,
         std::string_view key,
         std::optional<double> value,
         const std::optional<Interval>& interval = {}) {
    const std::optional<std::size_t> place = predictor_index(model, key);
    if (place && value) {
        values.at(*place) =
            RiskInput{.value = *value, .error_sd = interval ? deviation_of(*interval) : 0};
    }
}

Values all_values(const StudyReport& report, const RiskModel& model, const Values& clinical) {
    Values values = clinical;
    set(values, model, "csa_cm2", csa_cm2(report.measurement), report.intervals.csa_cm2);
    set(values, model, "fdr_pct", fdr_pct(report.measurement), report.intervals.fdr_pct);
    set(values, model, "vb_cm2", vb_cm2(report.measurement), report.intervals.vb_cm2);
    const std::optional<std::size_t> age = predictor_index(model, "age_years");
    if (age && !values.at(*age)) {
        set(values, model, "age_years", report.study.patient.age_years);
    }
    return values;
}

void add_flag(StudyReport& report, QcFlag flag) {
    report.flags.push_back(std::move(flag));
    std::ranges::stable_sort(report.flags, {}, &QcFlag::name);
}

}  // namespace

void add_risk(StudyReport& report, RiskEstimator& estimator, const ClinicalTable& clinical) {
    const auto patient = clinical.patients.find(report.study.patient.id);
    if (patient == clinical.patients.end()) {
        add_flag(report,
                 {"risk_no_clinical_data", "the clinical table has no row of this patient"});
        return;
    }
    if (report.level.level != "L3") {
        add_flag(report,
                 {"risk_wrong_level",
                  "the risk model is about L3, the slice was measured as " + report.level.level});
        return;
    }
    try {
        report.risk = estimator.estimate(all_values(report, estimator.model(), patient->second));
    } catch (const Error& error) {
        add_flag(report, {"risk_refused", error.message()});
        return;
    }
    if (!report.risk->out_of_range.empty()) {
        std::string names;
        for (const std::string& name : report.risk->out_of_range) {
            names += (names.empty() ? "" : ", ") + name;
        }
        add_flag(report, {"risk_out_of_range", "beyond the published range: " + names});
    }
}

}  // namespace paraspinal

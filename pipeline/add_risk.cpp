// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/add_risk.h"

#include "core/error.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {
namespace {

using Values = std::vector<std::optional<RiskInput>>;

void set(Values& values,
         const RiskModel& model,
         std::string_view key,
         std::optional<double> value) {
    const std::optional<std::size_t> place = predictor_index(model, key);
    if (place && value) {
        values.at(*place) = RiskInput{.value = *value};
    }
}

Values all_values(const StudyReport& report, const RiskModel& model, const Values& clinical) {
    Values values = clinical;
    set(values, model, "csa_cm2", csa_cm2(report.measurement));
    set(values, model, "fdr_pct", fdr_pct(report.measurement));
    set(values, model, "vb_cm2", vb_cm2(report.measurement));
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

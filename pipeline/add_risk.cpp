// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/add_risk.h"

#include "core/error.h"

#include <algorithm>
#include <string>

namespace paraspinal {
namespace {

RiskInputs all_inputs(const StudyReport& report, const RiskInputs& clinical) {
    RiskInputs inputs = clinical;
    inputs["csa_cm2"].value = csa_cm2(report.measurement);
    if (const auto fdr = fdr_pct(report.measurement)) {
        inputs["fdr_pct"].value = *fdr;
    }
    if (const auto body = vb_cm2(report.measurement)) {
        inputs["vb_cm2"].value = *body;
    }
    if (report.study.patient.age_years && !inputs.contains("age_years")) {
        inputs["age_years"].value = *report.study.patient.age_years;
    }
    return inputs;
}

void add_flag(StudyReport& report, QcFlag flag) {
    report.flags.push_back(std::move(flag));
    std::ranges::stable_sort(report.flags, {}, &QcFlag::name);
}

}  // namespace

void add_risk(StudyReport& report, const RiskModel& model, const ClinicalTable& clinical) {
    const auto patient = clinical.find(report.study.patient.id);
    if (patient == clinical.end()) {
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
        report.risk = estimate_risk(model, all_inputs(report, patient->second));
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

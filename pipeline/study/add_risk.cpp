// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/add_risk.h"

#include "core/error.h"
#include "core/text.h"
#include "pipeline/study/quantities.h"
#include "pipeline/tables/predictor_columns.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {
namespace {

using Values = std::vector<std::optional<RiskInput>>;

// As the tables give it: whoever estimates the risk from a row must find the same.
RiskInput as_written(double value, const std::optional<Interval>& interval, const Unit& unit) {
    const double written = rounded(value, unit.decimals);
    return interval ? measured_input(written,
                                     {.low = rounded(interval->low, unit.decimals),
                                      .high = rounded(interval->high, unit.decimals),
                                      .coverage = interval->coverage})
                    : RiskInput{.value = written};
}

Values measured_values(const StudyReport& report, const RiskModel& model) {
    Values values(model.predictors.size());
    const auto set = [&](std::string_view key, const RiskInput& input) {
        if (const std::optional<std::size_t> place = predictor_index(model, key)) {
            values.at(*place) = input;
        }
    };
    for (const Quantity& row : quantities()) {
        if (const std::optional<double> value = row.value(report)) {
            set(row.name, as_written(*value, interval_of(row, report), row.unit));
        }
    }
    if (const std::optional<double> age = report.study.patient.age_years) {
        set("age_years", {.value = *age});
    }
    return values;
}

// By what the clinical table tells its rows.
const std::string& key_of(const StudyReport& report, const ClinicalTable& clinical) {
    return clinical.key == RowKey::patient_id ? report.study.patient.id
                                              : report.study.accession_number;
}

std::string_view contradiction_of(const StudyReport& report, const ClinicalTable& clinical) {
    const Patient& patient = report.study.patient;
    const auto found = clinical.persons.find(key_of(report, clinical));
    const bool is_male_or_female = patient.sex == "M" || patient.sex == "F";
    return found == clinical.persons.end()
               ? std::string_view()
               : contradiction_between(
                     {.sex = is_male_or_female ? patient.sex : "", .age_years = patient.age_years},
                     found->second);
}

void add_flag(StudyReport& report, QcFlag flag) {
    report.flags.push_back(std::move(flag));
    std::ranges::stable_sort(report.flags, {}, &QcFlag::name);
}

}  // namespace

void add_risk(StudyReport& report, RiskEstimator& estimator, const ClinicalTable& clinical) {
    const auto patient = clinical.patients.find(key_of(report, clinical));
    if (patient == clinical.patients.end()) {
        add_flag(report,
                 {Flag::risk_no_clinical_data, "the clinical table has no row of this patient"});
        return;
    }
    if (const std::string contradiction(contradiction_of(report, clinical));
        !contradiction.empty()) {
        add_flag(report,
                 {Flag::risk_identity_contradiction,
                  "the image and the row of the clinical table with this ID state " +
                      contradiction + "; they may be two people, so that no risk is estimated"});
        return;
    }
    if (report.level.level != "L3") {
        add_flag(report,
                 {Flag::risk_wrong_level,
                  "the risk model is about L3, the slice was measured as " + report.level.level});
        return;
    }
    try {
        const RiskModel& model = estimator.model();
        report.risk = estimator.estimate(
            with_measured(model, patient->second, measured_values(report, model)));
    } catch (const Error& error) {
        add_flag(report, {Flag::risk_refused, error.message()});
        return;
    }
    std::vector<std::string> beyond;
    if (!report.risk->out_of_range.empty()) {
        beyond.push_back("beyond the published range: " + joined(report.risk->out_of_range, ", "));
    }
    if (report.fat_evidence.roi != MuscleRoi::fascial) {
        beyond.emplace_back(
            "the published CSA and FDR are of the area inside the fascia, and "
            "--roi muscle measures a smaller one");
    }
    if (!beyond.empty()) {
        add_flag(report, {Flag::risk_out_of_range, joined(beyond, "; ")});
    }
}

}  // namespace paraspinal

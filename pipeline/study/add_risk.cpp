// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/add_risk.h"

#include "core/error.h"
#include "core/text.h"
#include "pipeline/study/quantities.h"
#include "pipeline/tables/columns/predictor_columns.h"
#include "pipeline/tables/measured_otherwise.h"
#include "segmentation/level/deformity.h"

#include <algorithm>
#include <array>
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

ClinicalTable::Found row_of(const StudyReport& report, const ClinicalTable& clinical) {
    const std::array dates{examination_date(report.study.study_date)};
    return clinical.find(key_of(report, clinical), 0, dates);
}

std::string_view contradiction_of(const StudyReport& report, const ClinicalTable::Row& row) {
    const Patient& patient = report.study.patient;
    const bool is_male_or_female = patient.sex == "M" || patient.sex == "F";
    return contradiction_between(
        {.sex = is_male_or_female ? patient.sex : "", .age_years = patient.age_years}, row.person);
}

std::string measured_otherwise(const StudyReport& report, const RiskModel& model) {
    const std::optional<FatThreshold>& fat = report.fat_threshold;
    return measured_otherwise(
        MeasuredHow{.roi = muscle_roi_name(report.fat_evidence.roi),
                    .fat_method = fat ? fat_method_name(fat->method) : std::string_view(),
                    .fat_guard = fat ? fat_guard_name(fat->guard) : std::string_view()},
        model);
}

void add_flag(StudyReport& report, QcFlag flag) {
    report.flags.push_back(std::move(flag));
    std::ranges::stable_sort(report.flags, {}, &QcFlag::name);
}

// The table knows what is out of view and what is new; only more deformed bodies than it has, by
// the lower ends of their grades, contradict it.
void compare_fractures(StudyReport& report, const RiskModel& model, const Values& stated) {
    const auto place = predictor_index(model, "multiple_fractures");
    if (!place || !stated.at(*place) || stated.at(*place)->value != 0 || !report.level_view) {
        return;
    }
    if (const int deformed = count_deformed(judged_bodies(report.level_view->sagittal.spine)).low;
        deformed > 1) {
        add_flag(
            report,
            {Flag::fracture_count_contradiction,
             "the clinical table says that not more than one vertebra is fractured, and " +
                 std::to_string(deformed) + " bodies are deformed; the risk rests on the table"});
    }
}

}  // namespace

void add_risk(StudyReport& report, RiskEstimator& estimator, const ClinicalTable& clinical) {
    const ClinicalTable::Found found = row_of(report, clinical);
    if (found.row == nullptr) {
        add_flag(report,
                 {Flag::risk_no_clinical_data, unmatched_text(found.reason, "the clinical table")});
        return;
    }
    if (const std::string contradiction(contradiction_of(report, *found.row));
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
        compare_fractures(report, model, found.row->values);
        report.risk = estimator.estimate(
            with_measured(model, found.row->values, measured_values(report, model)));
    } catch (const Error& error) {
        add_flag(report, {Flag::risk_refused, error.message()});
        return;
    }
    std::vector<std::string> beyond;
    if (!report.risk->out_of_range.empty()) {
        beyond.push_back("beyond the published range: " + joined(report.risk->out_of_range, ", "));
    }
    if (std::string otherwise = measured_otherwise(report, estimator.model()); !otherwise.empty()) {
        beyond.push_back(std::move(otherwise));
    }
    if (!beyond.empty()) {
        add_flag(report, {Flag::risk_out_of_range, joined(beyond, "; ")});
    }
}

}  // namespace paraspinal

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
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace paraspinal {
namespace {

using Values = std::vector<std::optional<RiskInput>>;

// As the tables give it: whoever estimates the risk from a row must find the same.
RiskSubject::Measured as_written(double value,
                                 const std::optional<Interval>& interval,
                                 const Unit& unit) {
    RiskSubject::Measured written{.value = rounded(value, unit.decimals), .interval = {}};
    if (interval) {
        written.interval = Interval{.low = rounded(interval->low, unit.decimals),
                                    .high = rounded(interval->high, unit.decimals),
                                    .coverage = interval->coverage};
    }
    return written;
}

std::map<std::string, RiskSubject::Measured> measured_of(const StudyReport& report) {
    std::map<std::string, RiskSubject::Measured> all;
    for (const Quantity& row : quantities()) {
        if (const std::optional<double> value = row.value(report)) {
            all.emplace(row.name, as_written(*value, interval_of(row, report), row.unit));
        }
    }
    return all;
}

bool has_flag(const StudyReport& report, Flag flag) {
    return std::ranges::find(report.flags, flag, &QcFlag::flag) != report.flags.end();
}

RiskSubject subject_of(const StudyReport& report) {
    const std::optional<FatThreshold>& fat = report.fat_threshold;
    const std::optional<LevelView>& view = report.level_view;
    return {.patient = report.study.patient,
            .accession_number = report.study.accession_number,
            .study_date = report.study.study_date,
            .level = report.level.level,
            .measured = measured_of(report),
            .roi = std::string(muscle_roi_name(report.fat_evidence.roi)),
            .fat_method = std::string(fat ? fat_method_name(fat->method) : ""),
            .fat_guard = std::string(fat ? fat_guard_name(fat->guard) : ""),
            .deformed_bodies = view ? count_deformed(judged_bodies(view->sagittal.spine)).low : 0,
            .id_is_of_several = has_flag(report, Flag::patient_id_contradiction),
            .accession_is_of_several = has_flag(report, Flag::accession_number_contradiction)};
}

Values measured_values(const RiskSubject& subject, const RiskModel& model) {
    Values values(model.predictors.size());
    const auto set = [&](std::string_view key, const RiskInput& input) {
        if (const std::optional<std::size_t> place = predictor_index(model, key)) {
            values.at(*place) = input;
        }
    };
    for (const auto& [key, one] : subject.measured) {
        set(key, one.interval ? measured_input(one.value, *one.interval) : RiskInput{one.value});
    }
    if (const std::optional<double> age = subject.patient.age_years) {
        set("age_years", {.value = *age});
    }
    return values;
}

// By what the clinical table tells its rows.
ClinicalTable::Found row_of(const RiskSubject& subject, const ClinicalTable& clinical) {
    const std::array dates{examination_date(subject.study_date)};
    const bool is_by_patient = clinical.key == RowKey::patient_id;
    return clinical.find(is_by_patient ? subject.patient.id : subject.accession_number, 0, dates);
}

std::string_view contradiction_of(const Patient& patient, const ClinicalTable::Row& row) {
    const bool is_male_or_female = patient.sex == "M" || patient.sex == "F";
    return contradiction_between(
        {.sex = is_male_or_female ? patient.sex : "", .age_years = patient.age_years}, row.person);
}

// The table knows what is out of view and what is new; only more deformed bodies than it has, by
// the lower ends of their grades, contradict it.
void compare_fractures(const RiskSubject& subject,
                       const RiskModel& model,
                       const Values& stated,
                       std::vector<QcFlag>& flags) {
    const auto place = predictor_index(model, "multiple_fractures");
    const bool states_one = place && stated.at(*place) && stated.at(*place)->value == 0;
    if (states_one && subject.deformed_bodies > 1) {
        flags.push_back({Flag::fracture_count_contradiction,
                         "the clinical table says that not more than one vertebra is fractured, "
                         "and " +
                             std::to_string(subject.deformed_bodies) +
                             " bodies are deformed; the risk rests on the table"});
    }
}

std::string doubts_about(const RiskEstimate& risk,
                         const RiskSubject& subject,
                         const RiskModel& model) {
    std::vector<std::string> beyond;
    if (!risk.out_of_range.empty()) {
        beyond.push_back("beyond the published range: " + joined(risk.out_of_range, ", "));
    }
    std::string otherwise = measured_otherwise(
        MeasuredHow{
            .roi = subject.roi, .fat_method = subject.fat_method, .fat_guard = subject.fat_guard},
        model);
    if (!otherwise.empty()) {
        beyond.push_back(std::move(otherwise));
    }
    return joined(beyond, "; ");
}

}  // namespace

FoundRisk find_risk(const RiskSubject& subject,
                    RiskEstimator& estimator,
                    const ClinicalTable& clinical) {
    const auto none = [](Flag flag, std::string detail) {
        return FoundRisk{.estimate = {}, .flags = {{flag, std::move(detail)}}};
    };
    const ClinicalTable::Found found = row_of(subject, clinical);
    const bool is_by_patient = clinical.key == RowKey::patient_id;
    const bool is_of_several =
        is_by_patient ? subject.id_is_of_several : subject.accession_is_of_several;
    // Rows of both people are several of one key; whose they are is what nobody knows.
    if (is_of_several && found.reason != kNoPartner) {
        return none(Flag::risk_identity_contradiction,
                    "the images with this " +
                        std::string(is_by_patient ? "patient ID" : "accession number") +
                        " may be of several people, and nothing tells whose the rows of the "
                        "clinical table are; no risk is estimated");
    }
    if (found.row == nullptr) {
        return none(Flag::risk_no_clinical_data,
                    unmatched_text(found.reason, "the clinical table"));
    }
    if (const std::string contradiction(contradiction_of(subject.patient, *found.row));
        !contradiction.empty()) {
        return none(Flag::risk_identity_contradiction,
                    "the image and the row of the clinical table with this ID state " +
                        contradiction + "; they may be two people, so that no risk is estimated");
    }
    if (subject.level != "L3") {
        return none(Flag::risk_wrong_level,
                    "the risk model is about L3, the slice was measured as " + subject.level);
    }
    const RiskModel& model = estimator.model();
    FoundRisk risk;
    compare_fractures(subject, model, found.row->values, risk.flags);
    try {
        risk.estimate = estimator.estimate(
            with_measured(model, found.row->values, measured_values(subject, model)));
    } catch (const Error& error) {
        risk.flags.push_back({Flag::risk_refused, error.message()});
        return risk;
    }
    if (std::string doubts = doubts_about(*risk.estimate, subject, model); !doubts.empty()) {
        risk.flags.push_back({Flag::risk_out_of_range, std::move(doubts)});
    }
    return risk;
}

void add_risk(StudyReport& report, RiskEstimator& estimator, const ClinicalTable& clinical) {
    FoundRisk found = find_risk(subject_of(report), estimator, clinical);
    report.risk = std::move(found.estimate);
    std::ranges::move(found.flags, std::back_inserter(report.flags));
    std::ranges::stable_sort(report.flags, {}, &QcFlag::name);
}

}  // namespace paraspinal

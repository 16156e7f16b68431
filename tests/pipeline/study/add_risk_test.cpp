// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/add_risk.h"

#include "risk/model/load_risk_model.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace paraspinal {
namespace {

StudyReport report_of(const std::string& patient_id, const std::string& accession_number) {
    StudyReport report;
    for (const Structure structure : kStructures) {
        report.measurement.structures.push_back({.structure = structure});
    }
    report.study.patient.id = patient_id;
    report.study.accession_number = accession_number;
    report.level.level = "L3";
    return report;
}

TEST(AddRisk, FindsTheRowByWhatTheTableTellsItsRowsBy) {
    RiskEstimator estimator(load_risk_model("yang2025"));
    ClinicalTable clinical;
    clinical.key = RowKey::accession_number;
    clinical.patients["X1"] =
        std::vector<std::optional<RiskInput>>(estimator.model().predictors.size());
    StudyReport report = report_of("A", "X1");
    add_risk(report, estimator, clinical);
    EXPECT_TRUE(report.risk.has_value());
    StudyReport other = report_of("X1", "X2");
    add_risk(other, estimator, clinical);
    EXPECT_FALSE(other.risk.has_value()) << "a patient ID is no accession number";
    ASSERT_EQ(other.flags.size(), 1U);
    EXPECT_EQ(other.flags[0].flag, Flag::risk_no_clinical_data);
}

TEST(AddRisk, AddsWhatTheCardBesideTheModelSaysOfTheSameValues) {
    ClinicalTable clinical;
    RiskEstimator estimator(load_risk_model("yang2025"));
    RiskEstimator shrunk(load_risk_model("yang2025_shrunk"));
    std::vector<std::optional<RiskInput>> values(estimator.model().predictors.size());
    values.at(0) = RiskInput{.value = 79};
    clinical.patients["A"] = values;
    StudyReport report = report_of("A", "X1");
    add_risk(report, estimator, clinical);
    ASSERT_TRUE(report.risk && report.risk->companion);
    const RiskEstimate alone = shrunk.estimate(values);
    EXPECT_EQ(report.risk->companion->model, "yang2025_shrunk");
    EXPECT_EQ(report.risk->companion->probability, alone.probability);
    EXPECT_EQ(report.risk->companion->low, alone.low);
    EXPECT_NE(report.risk->companion->reason.find("the one to look at"), std::string::npos);
    EXPECT_FALSE(alone.companion) << "nothing stands beside the one to look at";
}

}  // namespace
}  // namespace paraspinal

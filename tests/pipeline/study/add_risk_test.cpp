// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/add_risk.h"

#include "risk/model/load_risk_model.h"
#include "segmentation/level/deformity.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

using Values = std::vector<std::optional<RiskInput>>;

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
    clinical.rows["X1"] = {{.date = {}, .values = Values(estimator.model().predictors.size())}};
    StudyReport report = report_of("A", "X1");
    add_risk(report, estimator, clinical);
    EXPECT_TRUE(report.risk.has_value());
    StudyReport other = report_of("X1", "X2");
    add_risk(other, estimator, clinical);
    EXPECT_FALSE(other.risk.has_value()) << "a patient ID is no accession number";
    ASSERT_EQ(other.flags.size(), 1U);
    EXPECT_EQ(other.flags[0].flag, Flag::risk_no_clinical_data);
}

TEST(AddRisk, JoinsNothingToAKeyOfSeveralPeople) {
    RiskEstimator estimator(load_risk_model("yang2025"));
    const ClinicalTable::Row row{.date = {}, .values = Values(estimator.model().predictors.size())};
    struct Key {
        RowKey key;
        Flag flag;
    };
    for (const auto& [key, flag] :
         {Key{RowKey::patient_id, Flag::patient_id_contradiction},
          Key{RowKey::accession_number, Flag::accession_number_contradiction}}) {
        const auto reason = [&](Flag raised, std::vector<ClinicalTable::Row> rows) {
            ClinicalTable clinical{.key = key};
            clinical.rows["A"] = std::move(rows);
            StudyReport report = report_of("A", "A");
            report.flags.push_back({raised, ""});
            add_risk(report, estimator, clinical);
            return report.flags.back().flag;
        };
        EXPECT_EQ(reason(flag, {row}), Flag::risk_identity_contradiction);
        EXPECT_EQ(reason(flag, {row, row}), Flag::risk_identity_contradiction) << "of both";
        EXPECT_EQ(reason(flag, {}), Flag::risk_no_clinical_data);
        EXPECT_NE(reason(key == RowKey::patient_id ? Flag::accession_number_contradiction
                                                   : Flag::patient_id_contradiction,
                         {row}),
                  Flag::risk_identity_contradiction);
    }
}

TEST(AddRisk, AddsWhatTheCardBesideTheModelSaysOfTheSameValues) {
    ClinicalTable clinical;
    RiskEstimator estimator(load_risk_model("yang2025"));
    RiskEstimator shrunk(load_risk_model("yang2025_shrunk"));
    Values values(estimator.model().predictors.size());
    values.at(0) = RiskInput{.value = 79};
    clinical.rows["A"] = {{.date = {}, .values = values}};
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

// Two rows of one patient are two examinations; which one is meant is never guessed.
TEST(AddRisk, TakesTheRowOfTheDateOfTheExamination) {
    RiskEstimator estimator(load_risk_model("yang2025"));
    const Values values(estimator.model().predictors.size());
    Values old = values;
    old.at(0) = RiskInput{.value = 79};
    ClinicalTable clinical;
    clinical.rows["A"] = {{.date = "2024-01-05", .values = values},
                          {.date = "2026-01-05", .values = old}};
    StudyReport report = report_of("A", "");
    report.study.study_date = "20260105";
    add_risk(report, estimator, clinical);
    ASSERT_TRUE(report.risk.has_value());
    EXPECT_EQ(report.risk->probability, estimator.estimate(old).probability);
    for (const char* const date : {"20250105", ""}) {
        StudyReport other = report_of("A", "");
        other.study.study_date = date;
        add_risk(other, estimator, clinical);
        EXPECT_FALSE(other.risk.has_value()) << date;
        ASSERT_EQ(other.flags.size(), 1U);
        EXPECT_EQ(other.flags[0].detail.find("no row"), std::string::npos) << other.flags[0].detail;
    }
}

TEST(AddRisk, FlagsWhatAPublishedModelIsNotAbout) {
    RiskEstimator estimator(load_risk_model("yang2025"));
    ClinicalTable clinical;
    clinical.rows["A"] = {{.date = {}, .values = Values(estimator.model().predictors.size())}};
    const auto flags_by = [&](FatMethod method, FatGuard guard) {
        StudyReport report = report_of("A", "");
        report.fat_threshold = FatThreshold{.method = method, .value = 1, .guard = guard};
        add_risk(report, estimator, clinical);
        return report.flags.size();
    };
    EXPECT_EQ(flags_by(FatMethod::reference, FatGuard::on), 0U);
    EXPECT_EQ(flags_by(FatMethod::reference, FatGuard::acted), 0U);
    EXPECT_EQ(flags_by(FatMethod::fixed, FatGuard::off), 0U) << "set by hand, as published";
    EXPECT_EQ(flags_by(FatMethod::otsu, FatGuard::off), 1U);
    EXPECT_EQ(flags_by(FatMethod::reference, FatGuard::off), 1U);
}

// A spine whose bodies with these counts have lost a third of their anterior height.
StudyReport report_of_wedges(const std::vector<VertebraCount>& wedges) {
    StudyReport report = report_of("A", "X1");
    Spine& spine = report.level_view.emplace().sagittal.spine;
    for (VertebraCount count = kL5; count <= kT11; ++count) {
        Vertebra& body = spine.vertebrae.emplace_back(Vertebra{.count = count});
        body.shape = {.depth_mm = 30};
        for (std::size_t part = 0; part < kBodyParts; ++part) {
            const double share = kNormalShape.at(static_cast<std::size_t>(count)).at(part);
            body.shape.lines.at(part).upper_mm = {0, 0, 27 * share};
        }
        if (std::ranges::find(wedges, count) != wedges.end()) {
            body.shape.lines[kAnterior].upper_mm.z *= 0.66;
        }
    }
    return report;
}

TEST(AddRisk, FlagsMoreDeformedBodiesThanTheTableHasFractures) {
    RiskEstimator estimator(load_risk_model("yang2025"));
    const auto place = predictor_index(estimator.model(), "multiple_fractures");
    const auto is_flagged = [&](std::optional<RiskInput> stated,
                                const std::vector<VertebraCount>& wedges) {
        ClinicalTable clinical;
        Values values(estimator.model().predictors.size());
        values.at(place.value()) = stated;
        clinical.rows["A"] = {{.date = {}, .values = values}};
        StudyReport report = report_of_wedges(wedges);
        StudyReport without = report_of("A", "X1");
        add_risk(report, estimator, clinical);
        add_risk(without, estimator, clinical);
        EXPECT_EQ(report.risk.value().probability, without.risk.value().probability)
            << "the count is no predictor";
        return std::ranges::find(report.flags, Flag::fracture_count_contradiction, &QcFlag::flag) !=
               report.flags.end();
    };
    EXPECT_TRUE(is_flagged(RiskInput{.value = 0}, {2, 4}));
    EXPECT_FALSE(is_flagged(RiskInput{.value = 0}, {4}));
    EXPECT_FALSE(is_flagged(RiskInput{.value = 1}, {2, 4}));
    EXPECT_FALSE(is_flagged(RiskInput{.value = 1}, {})) << "they may be out of view";
    EXPECT_FALSE(is_flagged(std::nullopt, {2, 4}));
}

}  // namespace
}  // namespace paraspinal

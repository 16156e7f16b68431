// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/json/measurement_json.h"

#include "pipeline/report/outcome_text.h"
#include "tests/pipeline/report/report_phantom.h"

#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>

namespace paraspinal {
namespace {

using nlohmann::json;
using testing::phantom_failure;
using testing::phantom_report;

json parsed(const StudyReport& report) {
    return json::parse(measurement_json(report, "9.8.7"));
}

TEST(MeasurementJson, KeepsWhoWhatAndHow) {
    const json document = parsed(phantom_report());
    EXPECT_EQ(document["notice"], std::string(kResearchNotice));
    EXPECT_EQ(document["software"]["version"], "9.8.7");
    EXPECT_EQ(document["status"], "flagged");
    EXPECT_EQ(document["study"]["patient_id"], "P-0042");
    EXPECT_EQ(document["study"]["patient_age_years"], 71);
    EXPECT_EQ(document["slice"]["rows"], 150);
    EXPECT_EQ(document["slice"]["columns"], 250);
    EXPECT_EQ(document["slice"]["pixel_row_mm"], 1.2);
    EXPECT_EQ(document["slice"]["origin_mm"], json({-99.6, -89.4, 12.5}));
    EXPECT_EQ(document["slice"]["along_rows"], json({0, 1, 0}));
    EXPECT_EQ(document["acquisition"]["echo_time_ms"], 102.5);
    EXPECT_EQ(document["acquisition"]["scan_options"], json({"PFP", "SP"}));
    EXPECT_EQ(document["level"]["source"], "sagittal");
    EXPECT_EQ(document["level"]["slice_tilt_deg"], 3.4);
    EXPECT_EQ(document["outlines"]["model"], "outline 0.1.0 (1a2b3c4d)");
    EXPECT_EQ(document["fat"]["method"], "otsu");
    EXPECT_EQ(document["fat"]["threshold"], 512.5);
    EXPECT_EQ(document["fat"]["bias_corrected"], true);
    EXPECT_EQ(document["flags"][1]["name"], "slice_tilted");
    EXPECT_EQ(document["flags"][0]["detail"], "The right muscles are far larger.");
}

TEST(MeasurementJson, KeepsEveryNumberToItsDecimals) {
    const StudyReport report = phantom_report();
    const json document = parsed(report);
    const json& totals = document["totals"];
    const SliceMeasurement& slice = report.measurement;
    EXPECT_NEAR(totals["csa_cm2"], csa_cm2(slice), 0.0005);
    EXPECT_NEAR(totals["fa_cm2"], fat_area_cm2(slice).value(), 0.0005);
    EXPECT_NEAR(totals["fdr_pct"], *fdr_pct(slice), 0.005);
    EXPECT_NEAR(totals["lean_csa_cm2"], lean_csa_cm2(slice).value(), 0.0005);
    EXPECT_NEAR(totals["vb_cm2"], *vb_cm2(slice), 0.0005);
    EXPECT_NEAR(totals["csa_vb_ratio"], *csa_vb_ratio(slice), 0.0005);
    EXPECT_NEAR(totals["asymmetry_pct"], *asymmetry_pct(slice), 0.005);
    ASSERT_EQ(document["structures"].size(), slice.structures.size());
    for (std::size_t i = 0; i < slice.structures.size(); ++i) {
        const StructureMeasurement& part = slice.structures[i];
        const json& entry = document["structures"][i];
        EXPECT_EQ(entry["label"], static_cast<int>(part.structure));
        EXPECT_EQ(entry["name"], std::string(structure_name(part.structure)));
        EXPECT_EQ(entry["side"], std::string(side_name(part.structure)));
        EXPECT_EQ(entry["pixels"], part.pixels);
        EXPECT_NEAR(entry["area_cm2"], area_cm2(part), 0.0005);
        EXPECT_EQ(entry["fat_area_cm2"].is_null(), !is_paraspinal_muscle(part.structure));
        EXPECT_NEAR(
            entry["outline_confidence"], report.outlines.confidence.at(part.structure), 0.0005);
    }
    EXPECT_EQ(document["risk"]["risk_pct"], 23.46);
    EXPECT_EQ(document["risk"]["imputed_predictors"], json({"beta_ctx_ng_ml", "pth_ng_ml"}));
    EXPECT_EQ(document["risk"]["predictors_out_of_range"], json({"age_years"}));
    EXPECT_EQ(document["risk"]["companion"],
              json({{"model", "yang2025_shrunk"},
                    {"companion_risk_pct", 28.77},
                    {"companion_risk_low_pct", 20.0},
                    {"companion_risk_high_pct", 36.0},
                    {"reason", "Look at this one."}}));
}

TEST(MeasurementJson, HasTheTotalsOfTheOtherCount) {
    StudyReport report = phantom_report();
    EXPECT_TRUE(parsed(report)["level"]["alternative_measured"].is_null());
    EXPECT_EQ(parsed(report)["level"]["operator_offset"], 0);
    report.alternative = {.vertebra = "L2",
                          .report = std::make_shared<const StudyReport>(phantom_report()),
                          .failure = {}};
    const json document = parsed(report);
    const json& other = document["level"]["alternative_measured"];
    EXPECT_EQ(other["vertebra_as_named"], "L2");
    EXPECT_EQ(other["sop_instance_uid"], document["slice"]["sop_instance_uid"]);
    EXPECT_EQ(other["totals"]["csa_cm2"], document["totals"]["csa_cm2"]);
    EXPECT_EQ(other["flags"], document["flags"]);
    report.alternative = {.vertebra = "L2", .report = {}, .failure = "no slice"};
    EXPECT_TRUE(parsed(report)["level"]["alternative_measured"]["totals"].is_null());
    EXPECT_EQ(parsed(report)["level"]["alternative_measured"]["failure"], "no slice");
}

TEST(MeasurementJson, WritesNullForUnknown) {
    StudyReport report = phantom_report();
    report.risk.reset();
    report.study.patient.age_years.reset();
    report.level.confidence.reset();
    report.measurement.structures.back() = {.structure = Structure::psoas_left};
    const json document = parsed(report);
    EXPECT_TRUE(document["risk"].is_null());
    EXPECT_TRUE(document["study"]["patient_age_years"].is_null());
    EXPECT_TRUE(document["level"]["confidence"].is_null());
    EXPECT_TRUE(document["acquisition"]["inversion_time_ms"].is_null());
    EXPECT_EQ(document["structures"][6]["pixels"], 0);
    EXPECT_TRUE(document["structures"][6]["area_cm2"].is_null());
    EXPECT_TRUE(document["structures"][6]["outline_confidence"].is_null());
}

TEST(MeasurementJson, IsDeterministicAndIndented) {
    const std::string text = measurement_json(phantom_report(), "9.8.7");
    EXPECT_EQ(text, measurement_json(phantom_report(), "9.8.7"));
    EXPECT_TRUE(text.starts_with("{\n  \"format\": \"paraspinal measurement\",\n"));
    EXPECT_TRUE(text.ends_with("}\n"));
}

TEST(MeasurementJson, RepairsTextThatIsNotUtf8) {
    StudyReport report = phantom_report();
    report.series_description = "T2 \xE4xial";
    EXPECT_EQ(parsed(report)["slice"]["series_description"], "T2 \uFFFDxial");
}

TEST(MeasurementJson, ListsStudiesWithTheirFailures) {
    const json list =
        json::parse(measurements_json({phantom_report(), phantom_failure()}, "9.8.7"));
    ASSERT_EQ(list.size(), 2);
    EXPECT_EQ(list[0]["status"], "failed");
    EXPECT_EQ(list[0]["reason"], "level_not_found");
    EXPECT_EQ(list[0]["message"], phantom_failure().message);
    EXPECT_EQ(list[0]["study"]["patient_id"], "P-0007");
    EXPECT_EQ(list[1], parsed(phantom_report()));
}

}  // namespace
}  // namespace paraspinal

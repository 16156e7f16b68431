// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/tables/measurement_row.h"

#include "core/text.h"
#include "pipeline/study/further_quantities.h"
#include "tests/pipeline/report/report_phantom.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>

namespace paraspinal {
namespace {

using testing::phantom_failure;
using testing::phantom_report;

// As users script against it: the list is spelled out here once more on purpose.
constexpr std::string_view kContract =
    "patient_id,patient_sex,patient_age_years,study_uid,study_date,series_uid,sop_instance_uid,"
    "status,reason,level,level_source,level_confidence,slice_offset_mm,slice_tilt_deg,pixel_row_mm,"
    "pixel_col_mm,outline_source,fat_method,fat_threshold,csa_cm2,fa_cm2,fdr_pct,vb_cm2,"
    "csa_vb_ratio,lean_csa_cm2,csa_low_cm2,csa_high_cm2,fdr_low_pct,fdr_high_pct,mf_right_csa_cm2,"
    "mf_right_fa_cm2,mf_right_fdr_pct,mf_left_csa_cm2,mf_left_fa_cm2,mf_left_fdr_pct,"
    "es_right_csa_cm2,es_right_fa_cm2,es_right_fdr_pct,es_left_csa_cm2,es_left_fa_cm2,"
    "es_left_fdr_pct,psoas_right_csa_cm2,psoas_left_csa_cm2,asymmetry_pct,risk_model,risk_pct,"
    "risk_low_pct,risk_high_pct,risk_percentile,risk_imputed,qc_flags,software_version,"
    "outline_model,roi,fat_guard,fat_fraction_pct,accession_number,series_number,"
    "series_description,instance_number,source_file,study_folder,message,image_flags,risk_flags,"
    "vb_low_cm2,vb_high_cm2,reading,reader,review_status,review_note,companion_model,"
    "companion_risk_pct,companion_risk_low_pct,companion_risk_high_pct,level_alternative,"
    "alternative_slice_uid,alternative_csa_cm2,alternative_fdr_pct,level_offset,"
    "bodies_measured,deformed_bodies,deformed_bodies_low,deformed_bodies_high,"
    "csa_repeat_low_cm2,csa_repeat_high_cm2,fdr_repeat_low_pct,fdr_repeat_high_pct,"
    "vb_repeat_low_cm2,vb_repeat_high_cm2,"
    "patient_height_m,psoas_right_fa_cm2,psoas_right_fdr_pct,psoas_left_fa_cm2,"
    "psoas_left_fdr_pct,psoas_lean_csa_cm2,muscle_psoas_signal_ratio,muscle_fat_signal_ratio,"
    "right_quarter1_fdr_pct,right_quarter2_fdr_pct,right_quarter3_fdr_pct,"
    "right_quarter4_fdr_pct,left_quarter1_fdr_pct,left_quarter2_fdr_pct,"
    "left_quarter3_fdr_pct,left_quarter4_fdr_pct,csa_index_cm2_m2,psoas_index_cm2_m2\n";

using Cells = std::map<std::string, std::string>;

Cells cells_of(const StudyOutcome& outcome) {
    const std::vector<std::string> row = measurement_row(outcome, "9.8.7");
    EXPECT_EQ(row.size(), measurement_columns().size());
    Cells cells;
    for (std::size_t i = 0; i < row.size(); ++i) {
        cells[measurement_columns()[i]] = row[i];
    }
    return cells;
}

std::vector<std::string> empty_columns(const Cells& cells) {
    std::vector<std::string> names;
    for (const std::string& column : measurement_columns()) {
        if (cells.at(column).empty()) {
            names.push_back(column);
        }
    }
    return names;
}

void remove_outline(StudyReport& report, Structure structure) {
    auto& parts = report.measurement.structures;
    *std::ranges::find(
        parts, structure, &StructureMeasurement::structure) = {.structure = structure};
}

TEST(MeasurementRow, HasTheColumnsOfTheContract) {
    EXPECT_EQ(measurements_csv({}, "9.8.7"), kContract);
}

TEST(MeasurementRow, FillsEveryColumnThatIsComputed) {
    std::vector<std::string> expected{"reason",
                                      "csa_low_cm2",
                                      "csa_high_cm2",
                                      "fdr_low_pct",
                                      "fdr_high_pct",
                                      "accession_number",
                                      "source_file",
                                      "message",
                                      "risk_flags",
                                      "vb_low_cm2",
                                      "vb_high_cm2",
                                      "reader",
                                      "review_status",
                                      "review_note",
                                      "level_alternative",
                                      "alternative_slice_uid",
                                      "alternative_csa_cm2",
                                      "alternative_fdr_pct",
                                      "level_offset",
                                      "bodies_measured",
                                      "deformed_bodies",
                                      "deformed_bodies_low",
                                      "deformed_bodies_high",
                                      "csa_repeat_low_cm2",
                                      "csa_repeat_high_cm2",
                                      "fdr_repeat_low_pct",
                                      "fdr_repeat_high_pct",
                                      "vb_repeat_low_cm2",
                                      "vb_repeat_high_cm2",
                                      "patient_height_m"};
    // The phantom has no composition; composition_test holds these.
    for (const Quantity& quantity : further_quantities()) {
        expected.emplace_back(quantity.name);
    }
    EXPECT_EQ(empty_columns(cells_of(phantom_report())), expected);
}

TEST(MeasurementRow, WritesIdentityAndEvidence) {
    const Cells cells = cells_of(phantom_report());
    EXPECT_EQ(cells.at("patient_id"), "P-0042");
    EXPECT_EQ(cells.at("patient_age_years"), "71");
    EXPECT_EQ(cells.at("study_date"), "20240131");
    EXPECT_EQ(cells.at("sop_instance_uid"), "1.2.826.0.1.3680043.10.1234.1.5.12");
    EXPECT_EQ(cells.at("level"), "L3");
    EXPECT_EQ(cells.at("level_source"), "sagittal");
    EXPECT_EQ(cells.at("level_confidence"), "0.931");
    EXPECT_EQ(cells.at("slice_offset_mm"), "-1.26");
    EXPECT_EQ(cells.at("slice_tilt_deg"), "3.40");
    EXPECT_EQ(cells.at("pixel_row_mm"), "1.2");
    EXPECT_EQ(cells.at("pixel_col_mm"), "0.8");
    EXPECT_EQ(cells.at("fat_method"), "otsu");
    EXPECT_EQ(cells.at("fat_threshold"), "512.5");
    EXPECT_EQ(cells.at("fat_guard"), "on");
    EXPECT_EQ(cells.at("fat_fraction_pct"), "21.25");
    EXPECT_EQ(cells.at("software_version"), "9.8.7");
    EXPECT_EQ(cells.at("outline_model"), "outline 0.1.0 (1a2b3c4d)");
}

TEST(MeasurementRow, WritesAreasWithFixedDecimals) {
    StudyReport report = phantom_report();
    report.measurement.structures = {
        {Structure::multifidus_right, 1000, 500, 100},
        {Structure::multifidus_left, 900, 450, 45.3},
        {Structure::erector_spinae_right, 3000, 1500, 300},
        {Structure::erector_spinae_left, 2800, 1400, 0},
        {Structure::vertebral_body, 2400, 1200, 0},
        {Structure::psoas_right, 1800, 900.06, 0},
        {Structure::psoas_left, 1700, 850, 0},
    };
    const Cells cells = cells_of(report);
    const Cells expected{{"csa_cm2", "38.500"},
                         {"fa_cm2", "4.453"},
                         {"fdr_pct", "11.57"},
                         {"vb_cm2", "12.000"},
                         {"csa_vb_ratio", "3.208"},
                         {"lean_csa_cm2", "34.047"},
                         {"mf_right_csa_cm2", "5.000"},
                         {"mf_right_fa_cm2", "1.000"},
                         {"mf_right_fdr_pct", "20.00"},
                         {"mf_left_fdr_pct", "10.07"},
                         {"es_right_csa_cm2", "15.000"},
                         {"es_left_fa_cm2", "0.000"},
                         {"es_left_fdr_pct", "0.00"},
                         {"psoas_right_csa_cm2", "9.001"},
                         {"psoas_left_csa_cm2", "8.500"},
                         {"asymmetry_pct", "7.79"}};
    for (const auto& [column, text] : expected) {
        EXPECT_EQ(cells.at(column), text) << column;
    }
}

TEST(MeasurementRow, WritesRiskInPercent) {
    const Cells cells = cells_of(phantom_report());
    EXPECT_EQ(cells.at("risk_model"), "yang2025");
    EXPECT_EQ(cells.at("risk_pct"), "23.46");
    EXPECT_EQ(cells.at("risk_low_pct"), "11.00");
    EXPECT_EQ(cells.at("risk_high_pct"), "41.00");
    EXPECT_EQ(cells.at("risk_percentile"), "71.50");
    EXPECT_EQ(cells.at("risk_imputed"), "beta_ctx_ng_ml;pth_ng_ml");
    EXPECT_EQ(cells.at("companion_model"), "yang2025_shrunk");
    EXPECT_EQ(cells.at("companion_risk_pct"), "28.77");
    EXPECT_EQ(cells.at("companion_risk_low_pct"), "20.00");
    EXPECT_EQ(cells.at("companion_risk_high_pct"), "36.00");
}

TEST(MeasurementRow, HasTheSliceOfTheOtherCountAndWhoDecided) {
    StudyReport report = phantom_report();
    for (const char* const column : {"level_alternative", "alternative_csa_cm2", "level_offset"}) {
        EXPECT_EQ(cells_of(report).at(column), "") << column;
    }
    StudyReport other = phantom_report();
    other.slice_uid = "1.2.9";
    report.alternative = {.vertebra = "L2",
                          .report = std::make_shared<const StudyReport>(std::move(other)),
                          .failure = {}};
    report.level.alternatives = {{.vertebra = "L2", .slice_uid = {}, .position = {}}};
    report.level.level_offset = -1;
    const Cells cells = cells_of(report);
    EXPECT_EQ(cells.at("level_alternative"), "L2");
    EXPECT_EQ(cells.at("alternative_slice_uid"), "1.2.9");
    EXPECT_EQ(cells.at("alternative_csa_cm2"), cells.at("csa_cm2"));
    EXPECT_EQ(cells.at("alternative_fdr_pct"), cells.at("fdr_pct"));
    EXPECT_EQ(cells.at("level_offset"), "-1");
    report.alternative = {.vertebra = "L2", .report = {}, .failure = "no slice"};
    EXPECT_EQ(cells_of(report).at("level_alternative"), "L2");
    EXPECT_EQ(cells_of(report).at("alternative_csa_cm2"), "");
}

TEST(MeasurementRow, TellsFlaggedFromOk) {
    StudyReport report = phantom_report();
    EXPECT_EQ(cells_of(report).at("status"), "flagged");
    EXPECT_EQ(cells_of(report).at("qc_flags"), "implausible_shape;slice_tilted");
    report.flags.clear();
    EXPECT_EQ(cells_of(report).at("status"), "ok");
    EXPECT_EQ(cells_of(report).at("qc_flags"), "");
}

TEST(MeasurementRow, LeavesUnknownEmptyRatherThanZero) {
    StudyReport report = phantom_report();
    remove_outline(report, Structure::psoas_left);
    remove_outline(report, Structure::vertebral_body);
    report.risk.reset();
    report.level.confidence.reset();
    report.level.slice_offset_mm.reset();
    report.study.patient.age_years.reset();
    const Cells cells = cells_of(report);
    for (const char* const column : {"psoas_left_csa_cm2",
                                     "vb_cm2",
                                     "csa_vb_ratio",
                                     "risk_model",
                                     "risk_pct",
                                     "risk_imputed",
                                     "companion_model",
                                     "companion_risk_pct",
                                     "level_confidence",
                                     "slice_offset_mm",
                                     "patient_age_years"}) {
        EXPECT_EQ(cells.at(column), "") << column;
    }
    EXPECT_FALSE(cells.at("psoas_right_csa_cm2").empty());
    EXPECT_FALSE(cells.at("csa_cm2").empty());
}

TEST(MeasurementRow, LeavesAllSumsEmptyWithoutMuscles) {
    StudyReport report = phantom_report();
    for (const Structure muscle : kParaspinalMuscles) {
        remove_outline(report, muscle);
    }
    const Cells cells = cells_of(report);
    for (const char* const column : {"csa_cm2",
                                     "fa_cm2",
                                     "fdr_pct",
                                     "lean_csa_cm2",
                                     "csa_vb_ratio",
                                     "asymmetry_pct",
                                     "mf_left_fa_cm2"}) {
        EXPECT_EQ(cells.at(column), "") << column;
    }
}

TEST(MeasurementRow, AccountsForAFailedStudy) {
    const Cells cells = cells_of(phantom_failure());
    const Cells expected{{"patient_id", "P-0007"},
                         {"patient_sex", "M"},
                         {"patient_age_years", "65.5"},
                         {"study_uid", "1.2.826.0.1.3680043.10.1234.2"},
                         {"study_date", "20231224"},
                         {"status", "failed"},
                         {"reason", "level_not_found"},
                         {"software_version", "9.8.7"},
                         {"study_folder", "f369bb99c145b11be80fcb2426d750da"},
                         {"message",
                          "study 1.2.3: several axial slices and no sagittal series; name one with "
                          "--slice"}};
    for (const std::string& column : measurement_columns()) {
        EXPECT_EQ(cells.at(column), expected.contains(column) ? expected.at(column) : "") << column;
    }
}

TEST(MeasurementRow, SortsStudiesWhateverTheirOrder) {
    StudyReport later = phantom_report();
    later.study.study_uid += "9";
    const std::string expected =
        measurements_csv({phantom_failure(), phantom_report(), later}, "1");
    EXPECT_EQ(measurements_csv({later, phantom_report(), phantom_failure()}, "1"), expected);
    EXPECT_EQ(measurements_csv({phantom_report(), later, phantom_failure()}, "1"), expected);
    EXPECT_EQ(std::ranges::count(expected, '\n'), 4);
    EXPECT_LT(expected.find("P-0007"), expected.find("P-0042"));
}

}  // namespace
}  // namespace paraspinal

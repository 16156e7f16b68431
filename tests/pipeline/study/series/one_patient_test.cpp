// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/series/one_patient.h"

#include "tests/pipeline/study/plain_series.h"

#include <gtest/gtest.h>

#include <functional>
#include <vector>

namespace paraspinal {
namespace {

using testing::plain_slice;
using testing::series_of;

// Two sagittal and two axial T2 series, of two visits without a name.
Study two_sets() {
    Study study;
    for (const char* const frame : {"1", "2"}) {
        SliceHeader sagittal = plain_slice();
        sagittal.plane = ImagePlane{.along_columns = {0, 1, 0}, .along_rows = {0, 0, -1}};
        for (const SliceHeader& slice : {sagittal, plain_slice()}) {
            Series series = series_of(slice);
            series.frame_of_reference_uid = frame;
            study.series.push_back(series);
        }
    }
    return study;
}

TEST(OnePatient, IsDoubtedWhereTwoFramesOfReferenceHoldSetsOfTheirOwn) {
    Study study = two_sets();
    EXPECT_TRUE(doubt_one_patient(classify_study(study)));
    for (Series& series : study.series) {
        series.frame_of_reference_uid = "1";
    }
    EXPECT_FALSE(doubt_one_patient(classify_study(study)));
    // As of an anonymizer that makes one up for each series.
    for (std::size_t i = 0; i < study.series.size(); ++i) {
        study.series[i].frame_of_reference_uid = std::to_string(i + 1);
    }
    EXPECT_FALSE(doubt_one_patient(classify_study(study)));
}

TEST(OnePatient, IsDoubtedWhereHeadersContradictEachOther) {
    const std::vector<std::function<void(SliceHeader&)>> statements{
        [](SliceHeader& slice) { slice.accession_number += "7"; },
        [](SliceHeader& slice) { slice.patient.weight_kg = slice.patient.weight_kg ? 60 : 90; },
        [](SliceHeader& slice) { slice.patient.height_m = slice.patient.height_m ? 1.6 : 1.8; },
        [](SliceHeader& slice) {
            std::string& model = slice.acquisition.manufacturer_model;
            model = model == "Aera" ? "Skyra" : "Aera";
        },
    };
    for (const auto& state : statements) {
        Study study = two_sets();
        for (Series& series : study.series) {
            series.frame_of_reference_uid = "1";
        }
        state(study.series[0].slices[0]);
        EXPECT_FALSE(doubt_one_patient(classify_study(study))) << "what is not stated";
        state(study.series[1].slices[0]);
        EXPECT_FALSE(doubt_one_patient(classify_study(study))) << "what is the same";
        state(study.series[1].slices[0]);
        EXPECT_TRUE(doubt_one_patient(classify_study(study)));
    }
}

TEST(OnePatient, IsOneHoweverSoftwareWritesIt) {
    Study study = two_sets();
    for (Series& series : study.series) {
        series.frame_of_reference_uid = "1";
    }
    SliceHeader& one = study.series[0].slices[0];
    SliceHeader& other = study.series[1].slices[0];
    one.accession_number = "00ab12";
    other.accession_number = "AB12";
    one.patient.height_m = 1.62;
    other.patient.height_m = 162.56;
    one.patient.weight_kg = 63;
    other.patient.weight_kg = 63.5029;
    one.acquisition.manufacturer_model = "MAGNETOM Aera";
    other.acquisition.manufacturer_model = "Aera";
    one.acquisition.manufacturer = "SIEMENS";
    other.acquisition.manufacturer = "Siemens Healthineers";
    EXPECT_FALSE(doubt_one_patient(classify_study(study)));
}

}  // namespace
}  // namespace paraspinal

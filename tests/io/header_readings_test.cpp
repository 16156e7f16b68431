// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// What find_studies makes of values that devices and archives write in ways of their own.
#include "io/find_studies.h"
#include "tests/support/dicom_phantom.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace paraspinal {
namespace {

using testing::DicomPhantom;
using testing::write_all;
using testing::write_dicom;

TEST(HeaderReadings, KeepsAStudyOfWhichNothingCanBeReadAloneAsBesideOthers) {
    const testing::TemporaryFolder folder;
    DicomPhantom broken;
    broken.changes = {{0x0028, 0x0010, std::nullopt}};
    write_dicom(folder.path() / "a", broken);
    const StudyIndex index = find_studies({folder.path()});
    ASSERT_EQ(index.studies.size(), 1U);
    EXPECT_TRUE(index.studies[0].series.empty());
    EXPECT_EQ(index.studies[0].left_out.at(0).code, ErrorCode::malformed_file);
}

TEST(HeaderReadings, TakesOnePersonForOneHoweverHerFilesSpellHer) {
    const testing::TemporaryFolder folder;
    DicomPhantom first;
    first.birth_date = "19640301";
    first.patient_name = "Muller^Anna";
    DicomPhantom second = first;
    second.instance_number = 2;
    second.birth_date = "1964.03.01";
    second.study_date = "2025.01.02";
    second.patient_name = "Muller^Anna=other^form";
    write_all(folder.path(), {first, second});
    ASSERT_EQ(find_studies({folder.path()}).studies.size(), 1U);
}

// Zero is what some devices write for a time that they do not know.
TEST(HeaderReadings, ReadsTimesOfZeroAndSmallLettersAsTheyAreMeant) {
    const testing::TemporaryFolder folder;
    DicomPhantom phantom;
    phantom.repetition_time_ms = 0;
    phantom.echo_time_ms = 0;
    phantom.inversion_time_ms = 0;
    phantom.image_type = "derived\\secondary\\mpr";
    phantom.changes = {{0x0018, 0x0010, "off"}};
    write_dicom(folder.path() / "a", phantom);
    const StudyIndex index = find_studies({folder.path()});
    const Acquisition& read = index.studies.at(0).series.at(0).slices.at(0).acquisition;
    EXPECT_FALSE(read.repetition_time_ms || read.echo_time_ms || read.inversion_time_ms);
    EXPECT_EQ(read.image_type, (std::vector<std::string>{"DERIVED", "SECONDARY", "MPR"}));
    EXPECT_EQ(read.contrast_agent, "");
}

TEST(HeaderReadings, SaysWhatTheHeaderContradicts) {
    const testing::TemporaryFolder folder;
    DicomPhantom phantom;
    phantom.changes = {{0x0008, 0x0060, "CT"}, {0x0018, 0x1100, "300"}};
    write_dicom(folder.path() / "a", phantom);
    const StudyIndex index = find_studies({folder.path()});
    const std::vector<std::string>& said =
        index.studies.at(0).series.at(0).slices.at(0).assumptions;
    ASSERT_EQ(said.size(), 2U);
    EXPECT_NE(said[0].find("modality"), std::string::npos);
    EXPECT_NE(said[1].find("pixel spacing"), std::string::npos);
}

}  // namespace
}  // namespace paraspinal

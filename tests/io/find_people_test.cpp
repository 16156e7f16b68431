// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// Whose study it is; the rest of find_studies is in find_studies_test.cpp.
#include "core/patient_groups.h"
#include "io/find_studies.h"
#include "tests/support/dicom_phantom.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;
using testing::DicomPhantom;
using testing::stack_of;
using testing::write_all;
using testing::write_dicom;

DicomPhantom sagittal() {
    DicomPhantom phantom;
    phantom.series_uid += "9";
    phantom.series_number = 2;
    phantom.series_description = "T2_TSE_SAG";
    phantom.plane = testing::sagittal_plane();
    return phantom;
}

DicomPhantom other_patient() {
    DicomPhantom phantom;
    phantom.patient_id = "P2";
    phantom.study_uid += ".2";
    phantom.series_uid = phantom.study_uid + ".3";
    return phantom;
}

TEST(FindStudies, MakesAStudyOfEachPersonUnderOneStudyUid) {
    const testing::TemporaryFolder folder;
    std::vector<DicomPhantom> phantoms = stack_of({}, 3, 4);
    phantoms[1].patient_id = "SECRET-ID";
    phantoms[2].patient_id = " p1";
    write_all(folder.path(), phantoms);
    const StudyIndex index = find_studies({folder.path()});
    ASSERT_EQ(index.studies.size(), 2U);
    EXPECT_NE(index.studies[0].patient_group, index.studies[1].patient_group);
    EXPECT_EQ(index.studies[0].study_uid, index.studies[1].study_uid);
    EXPECT_EQ(
        index.studies[0].series.at(0).slices.size() + index.studies[1].series.at(0).slices.size(),
        3U);
    for (const Study& study : index.studies) {
        std::vector<fs::path> files;
        for (const SliceHeader& slice : study.series.at(0).slices) {
            files.push_back(slice.file);
        }
        const Study read = read_study(study_key(study.study_uid, study.patient_group), files);
        EXPECT_EQ(read.patient_group, study.patient_group);
        EXPECT_EQ(read.series.at(0).slices.size(), files.size());
    }
}

TEST(FindStudies, ReadsTheSexInOtherSpellings) {
    for (const auto& [stated, sex] : std::map<std::string, std::string>{
             {"f", "F"}, {"Female", "F"}, {"MALE", "M"}, {"O", "O"}, {"unknown", ""}, {"", ""}}) {
        const testing::TemporaryFolder folder;
        DicomPhantom phantom;
        phantom.patient_sex = stated;
        write_dicom(folder.path() / "a", phantom);
        EXPECT_EQ(find_studies({folder.path()}).studies.at(0).patient.sex, sex) << stated;
    }
}

TEST(FindStudies, TellsAnIdOfTwoPeople) {
    const testing::TemporaryFolder folder;
    DicomPhantom other = other_patient();
    other.patient_id = "P1";
    other.patient_sex = "M";
    DicomPhantom woman;
    woman.patient_id = "P1";
    write_dicom(folder.path() / "a", woman);
    write_dicom(folder.path() / "b", other);
    for (const Study& study : find_studies({folder.path()}).studies) {
        EXPECT_NE(study.contradictions.patient_id.find("different sexes"), std::string::npos);
    }
    EXPECT_EQ(find_studies({folder.path() / "a"}).studies.at(0).contradictions.patient_id, "");
}

TEST(FindStudies, ReadsCharacterSets) {
    const testing::TemporaryFolder folder;
    DicomPhantom latin;
    latin.series_description = "T2 r\xE9p\xE9rage";
    latin.changes = {{0x0008, 0x0005, "ISO_IR 100"}};
    write_dicom(folder.path() / "latin", latin);
    DicomPhantom unicode = sagittal();
    unicode.series_description = "T2 \u77e2\u72b6\u4f4d";
    unicode.changes = {{0x0008, 0x0005, "ISO_IR 192"}};
    write_dicom(folder.path() / "unicode", unicode);
    DicomPhantom unstated = sagittal();
    unstated.series_uid += "9";
    unstated.series_number = 7;
    unstated.series_description = "T2 \xE9";
    write_dicom(folder.path() / "unstated", unstated);
    const StudyIndex index = find_studies({folder.path()});
    ASSERT_EQ(index.studies.at(0).series.size(), 3U);
    EXPECT_EQ(index.studies[0].series[0].description, "T2 \u77e2\u72b6\u4f4d");
    EXPECT_EQ(index.studies[0].series[1].description, "T2 r\u00e9p\u00e9rage");
    EXPECT_EQ(index.studies[0].series[2].description, "T2 \\xE9");
}

// Names of two people in GB18030 that nobody declares, and Japanese behind escape sequences.
TEST(FindStudies, KeepsUndeclaredTextApart) {
    const testing::TemporaryFolder folder;
    DicomPhantom first;
    first.patient_id =
        "\xd5\xc5\xc8\xfd"
        "01";
    DicomPhantom second = other_patient();
    second.series_number = 4;
    second.patient_id =
        "\xc0\xee\xcb\xc4"
        "01";
    DicomPhantom japanese = sagittal();
    japanese.patient_id = first.patient_id;
    japanese.series_description = "T2 \x1b$B;iKCM^@)\x1b(B AX";
    japanese.changes = {{0x0008, 0x0005, "\\ISO 2022 IR 87"}};
    write_all(folder.path(), {first, second});
    write_dicom(folder.path() / "japanese", japanese);
    const StudyIndex index = find_studies({folder.path()});
    ASSERT_EQ(index.studies.size(), 2U);
    EXPECT_EQ(index.studies[0].patient.id, "\u5f20\u4e0901");
    EXPECT_EQ(index.studies[1].patient.id, "\u674e\u56db01");
    EXPECT_EQ(index.studies[0].series.at(0).description, "T2 \u8102\u80aa\u6291\u5236 AX");
    EXPECT_EQ(index.studies[1].series.at(0).slices.at(0).assumptions.size(), 1U);
}

}  // namespace
}  // namespace paraspinal

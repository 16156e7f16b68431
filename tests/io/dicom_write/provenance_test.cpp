// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom_write/provenance.h"

#include "io/dicom_write/derived_uid.h"
#include "tests/io/dicom_write/derived_phantom.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

namespace paraspinal {
namespace {

using testing::change_element;
using testing::DicomPhantom;
using testing::item_of;
using testing::loaded;
using testing::phantom_provenance;
using testing::striped;
using testing::value_of;

// The identity of an object, taken from its image; checked on one kind, shared by all.
class Identity : public ::testing::Test {
  protected:
    Identity() { write_dicom(image(), phantom_); }
    [[nodiscard]] std::filesystem::path image() const { return folder_.path() / "image"; }
    [[nodiscard]] std::unique_ptr<DcmFileFormat> written() const {
        write_dicom_segmentation(
            folder_.path() / "seg.dcm", striped(phantom_), phantom_provenance(image()));
        return loaded(folder_.path() / "seg.dcm");
    }

    // NOLINTBEGIN(*-non-private-member-variables-in-classes): a fixture.
    const testing::TemporaryFolder folder_;
    const DicomPhantom phantom_;
    // NOLINTEND(*-non-private-member-variables-in-classes)
};

TEST_F(Identity, IsThatOfTheImageToTheByte) {
    // Japanese and Latin names in the character sets that archives hold.
    const std::string kanji = "Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B";
    change_element(image(), {0x0008, 0x0005, "\\ISO 2022 IR 87"});
    change_element(image(), {0x0010, 0x0010, kanji});
    change_element(image(), {0x0010, 0x0021, "CLINIC"});
    change_element(image(), {0x0010, 0x4000, "comment"});
    change_element(image(), {0x0008, 0x1030, "spine"});
    const auto object = written();
    const auto source = loaded(image());
    for (const DcmTagKey& tag : {DCM_SpecificCharacterSet,
                                 DCM_PatientName,
                                 DCM_PatientID,
                                 DCM_IssuerOfPatientID,
                                 DCM_PatientComments,
                                 DCM_PatientSex,
                                 DCM_PatientAge,
                                 DCM_StudyInstanceUID,
                                 DCM_StudyDate,
                                 DCM_StudyDescription,
                                 DCM_AccessionNumber}) {
        EXPECT_EQ(value_of(*object->getDataset(), tag), value_of(*source->getDataset(), tag));
    }
    EXPECT_EQ(value_of(*object->getDataset(), DCM_PatientName), kanji);
}

TEST_F(Identity, SurvivesValuesThatBreakTheRules) {
    change_element(image(), {0x0008, 0x0020, "2025.01.02"});
    change_element(image(), {0x0008, 0x0030, "noon"});
    change_element(image(), {0x0010, 0x0030, "May 1950"});
    change_element(image(), {0x0010, 0x1010, "71"});
    change_element(image(), {0x0010, 0x1030, "a lot"});
    change_element(image(), {0x0010, 0x0010, std::string(200, 'x')});
    const auto object = written();
    EXPECT_EQ(value_of(*object->getDataset(), DCM_PatientName), std::string(200, 'x'));
    EXPECT_EQ(value_of(*object->getDataset(), DCM_StudyDate), "2025.01.02");
    EXPECT_EQ(value_of(*object->getDataset(), DCM_ContentDate), "19000101");
    EXPECT_EQ(value_of(*object->getDataset(), DCM_ContentTime), "000000");
}

TEST_F(Identity, HasEveryElementThatMustBeThere) {
    change_element(image(), {0x0010, 0x0010});
    change_element(image(), {0x0008, 0x0050});
    const auto object = written();
    EXPECT_TRUE(object->getDataset()->tagExists(DCM_PatientName));
    EXPECT_TRUE(object->getDataset()->tagExists(DCM_AccessionNumber));
    EXPECT_TRUE(object->getDataset()->tagExists(DCM_StudyID));
    EXPECT_EQ(value_of(*object->getDataset(), DCM_PatientName), "");
}

TEST_F(Identity, NamesTheProgramAndNoClock) {
    const auto object = written();
    DcmDataset& read = *object->getDataset();
    EXPECT_EQ(value_of(read, DCM_SoftwareVersions), "1.2.3");
    EXPECT_EQ(value_of(read, DCM_ContentDate), phantom_.study_date);
    for (const DcmTagKey& tag : {DCM_InstanceCreationDate, DCM_SeriesDate, DCM_SeriesTime}) {
        EXPECT_FALSE(read.tagExists(tag)) << tag.toString();
    }
}

TEST_F(Identity, FollowsFromTheResult) {
    Provenance provenance = phantom_provenance(image());
    const std::string uid = object_uid(provenance, "seg");
    EXPECT_NE(object_uid(provenance, "sr"), uid);
    provenance.source.frames_in_file = 2;
    EXPECT_NE(object_uid(provenance, "seg"), uid);
    provenance = phantom_provenance(image());
    EXPECT_EQ(object_uid(provenance, "seg"), uid);
    provenance.result_digest = "another";
    EXPECT_NE(object_uid(provenance, "seg"), uid);
}

// sha256("") = e3b0c442 98fc1c14 9afbf4c8 996fb924 ..., with version 8 and variant 10 put in:
// e3b0c442-98fc-8c14-aafb-f4c8996fb924. Decimal value by Python.
TEST(DerivedUid, IsAUuidInDecimal) {
    EXPECT_EQ(derived_uid(""), "2.25.302652579918966106792585475443454359844");
    EXPECT_NE(derived_uid("a"), derived_uid("b"));
    EXPECT_LE(derived_uid("a").size(), 64U);
}

}  // namespace
}  // namespace paraspinal

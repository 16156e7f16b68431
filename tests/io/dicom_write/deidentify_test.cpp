// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/pseudonyms.h"
#include "tests/io/dicom_write/derived_phantom.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace paraspinal {
namespace {

using testing::bytes_of;
using testing::change_element;
using testing::DicomPhantom;
using testing::item_of;
using testing::loaded;
using testing::phantom_provenance;
using testing::value_of;

// The three objects of an image that says all it can about the patient.
class Deidentified : public ::testing::Test {
  protected:
    Deidentified() {
        write_dicom(image(), phantom_);
        change_element(image(), {0x0008, 0x0030, "081533"});
        change_element(image(), {0x0008, 0x0090, "DOCTOR^DORA"});
        change_element(image(), {0x0008, 0x1030, "Paula's spine"});
        change_element(image(), {0x0010, 0x0021, "HOSPITAL"});
        change_element(image(), {0x0010, 0x0030, "19531207"});
        change_element(image(), {0x0010, 0x1030, "61.75"});
        change_element(image(), {0x0010, 0x2160, "MARTIAN"});
        change_element(image(), {0x0010, 0x4000, "has a dog"});
        change_element(image(), {0x0020, 0x0010, "STUDY77"});
        Provenance provenance = phantom_provenance(image());
        provenance.pseudonyms = pseudonyms_;
        testing::write_objects(folder_.path(), phantom_, provenance);
    }
    [[nodiscard]] std::filesystem::path image() const { return folder_.path() / "image"; }
    [[nodiscard]] std::filesystem::path file(const std::string& name) const {
        return folder_.path() / name;
    }

    // NOLINTBEGIN(*-non-private-member-variables-in-classes): a fixture.
    const testing::TemporaryFolder folder_;
    const DicomPhantom phantom_{
        .patient_id = "ID4711", .birth_date = "19531207", .accession_number = "ACC0815"};
    const Pseudonyms pseudonyms_{"a key of more than 16 bytes", DateRule::drop};
    // NOLINTEND(*-non-private-member-variables-in-classes)
};

TEST_F(Deidentified, NothingOfThePatientIsInAnyByte) {
    for (const char* const name : testing::kObjects) {
        const std::string bytes = bytes_of(file(name));
        for (const std::string& secret : {phantom_.patient_id,
                                          phantom_.patient_name,
                                          phantom_.patient_age,
                                          phantom_.study_date,
                                          phantom_.accession_number,
                                          phantom_.study_uid,
                                          phantom_.series_uid,
                                          std::string("081533"),
                                          std::string("DOCTOR"),
                                          std::string("Paula"),
                                          std::string("HOSPITAL"),
                                          std::string("19531207"),
                                          std::string("61.75"),
                                          std::string("MARTIAN"),
                                          std::string("dog"),
                                          std::string("STUDY77")}) {
            EXPECT_EQ(bytes.find(secret), std::string::npos) << name << " holds " << secret;
        }
    }
}

TEST_F(Deidentified, TheObjectsStayTogether) {
    const auto seg = loaded(file("seg.dcm"));
    const auto sr = loaded(file("sr.dcm"));
    const auto sc = loaded(file("sc.dcm"));
    const std::string study = pseudonyms_.dicom_uid(phantom_.study_uid);
    for (DcmFileFormat* const object : {seg.get(), sr.get(), sc.get()}) {
        EXPECT_EQ(value_of(*object->getDataset(), DCM_StudyInstanceUID), study);
        EXPECT_EQ(value_of(*object->getDataset(), DCM_PatientID), pseudonyms_.patient("ID4711"));
    }
    DcmItem& evidence = item_of(*sr->getDataset(), DCM_CurrentRequestedProcedureEvidenceSequence);
    EXPECT_EQ(value_of(evidence, DCM_StudyInstanceUID), study);
    DcmItem& series = item_of(evidence, DCM_ReferencedSeriesSequence, 1);
    EXPECT_EQ(value_of(item_of(series, DCM_ReferencedSOPSequence), DCM_ReferencedSOPInstanceUID),
              value_of(*seg->getDataset(), DCM_SOPInstanceUID));
    DcmItem& source = item_of(*sc->getDataset(), DCM_SourceImageSequence);
    EXPECT_EQ(value_of(source, DCM_ReferencedSOPInstanceUID),
              pseudonyms_.dicom_uid(sop_instance_uid(phantom_)));
    EXPECT_EQ(value_of(source, DCM_ReferencedSOPClassUID), UID_MRImageStorage);
}

TEST_F(Deidentified, SayThatTheyAre) {
    for (const char* const name : testing::kObjects) {
        const auto format = loaded(file(name));
        DcmDataset& read = *format->getDataset();
        EXPECT_EQ(value_of(read, DCM_PatientIdentityRemoved), "YES");
        DcmItem& method = item_of(read, DCM_DeidentificationMethodCodeSequence);
        EXPECT_EQ(value_of(method, DCM_CodeValue), "113100");
        EXPECT_TRUE(read.tagExists(DCM_AccessionNumber));
        EXPECT_EQ(value_of(read, DCM_AccessionNumber), "");
    }
}

TEST(Pseudonyms, AreTheSameInTablesAndObjects) {
    const Pseudonyms pseudonyms("a key of more than 16 bytes", DateRule::drop);
    const std::string uid = pseudonyms.dicom_uid("1.2.3");
    EXPECT_TRUE(uid.starts_with("2.25."));
    EXPECT_LE(uid.size(), 64U);
    EXPECT_EQ(uid, pseudonyms.dicom_uid("1.2.3"));
    EXPECT_NE(uid, pseudonyms.dicom_uid("1.2.4"));
    EXPECT_EQ(pseudonyms.dicom_uid(""), "");
    const Pseudonyms others("another key, just as long", DateRule::drop);
    EXPECT_NE(others.dicom_uid("1.2.3"), uid);
}

}  // namespace
}  // namespace paraspinal

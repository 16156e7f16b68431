// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// What other people's validators say about our objects, whatever they are made of.
#include "io/pseudonyms.h"
#include "tests/io/dicom_write/derived_phantom.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace paraspinal {
namespace {

using testing::change_element;
using testing::phantom_provenance;

class ValidObjects : public ::testing::Test {
  protected:
    [[nodiscard]] std::filesystem::path image() const { return folder_.path() / "image"; }

    void expect_valid(const Provenance& provenance) const {
        write_objects(folder_.path(), phantom_, provenance);
        for (const char* const name : testing::kObjects) {
            const auto said = testing::said_by("dciodvfy", folder_.path() / name);
            if (!said) {
                GTEST_SKIP() << "needs dciodvfy (Debian package dicom3tools)";
            }
            EXPECT_EQ(said->find("Error"), std::string::npos) << name << *said;
        }
    }

    // NOLINTBEGIN(*-non-private-member-variables-in-classes): a fixture.
    const testing::TemporaryFolder folder_;
    const testing::DicomPhantom phantom_ = testing::oblique_phantom();
    // NOLINTEND(*-non-private-member-variables-in-classes)
};

TEST_F(ValidObjects, OfAnObliqueSlice) {
    write_dicom(image(), phantom_);
    expect_valid(phantom_provenance(image()));
}

TEST_F(ValidObjects, ReportIsReadByDsrdump) {
    write_dicom(image(), phantom_);
    write_objects(folder_.path(), phantom_, phantom_provenance(image()));
    const auto dumped = testing::said_by("dsrdump", folder_.path() / "sr.dcm");
    if (!dumped) {
        GTEST_SKIP() << "needs dsrdump (Debian package dcmtk)";
    }
    EXPECT_EQ(dumped->find("W: "), std::string::npos) << *dumped;
    EXPECT_NE(dumped->find("\"Imaging Measurement Report\""), std::string::npos) << *dumped;
}

TEST_F(ValidObjects, OfAFrameOfAnEnhancedImage) {
    write_enhanced_dicom(image(), testing::stack_of(phantom_, 3, 5));
    expect_valid(phantom_provenance(image(), 1));
}

TEST_F(ValidObjects, OfAPatientWithAJapaneseName) {
    write_dicom(image(), phantom_);
    change_element(image(), {0x0008, 0x0005, "\\ISO 2022 IR 87"});
    change_element(image(), {0x0010, 0x0010, "Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B"});
    expect_valid(phantom_provenance(image()));
}

TEST_F(ValidObjects, ThatReplaceEarlierOnes) {
    write_dicom(image(), phantom_);
    Provenance provenance = phantom_provenance(image());
    write_objects(folder_.path(), phantom_, provenance);
    std::vector<EarlierObject> earlier;
    for (const char* const name : testing::kObjects) {
        earlier.push_back(read_earlier_object(folder_.path() / name));
        earlier.back().result = 1;
    }
    provenance.result_digest = "another";
    expect_valid(in_place_of(earlier, provenance));
}

TEST_F(ValidObjects, ThatHideThePatient) {
    write_dicom(image(), phantom_);
    Provenance provenance = phantom_provenance(image());
    provenance.pseudonyms = Pseudonyms("a key of more than 16 bytes", DateRule::drop);
    expect_valid(provenance);
}

}  // namespace
}  // namespace paraspinal

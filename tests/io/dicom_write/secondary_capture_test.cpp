// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom_write/secondary_capture.h"

#include "tests/io/dicom_write/derived_phantom.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <vector>

namespace paraspinal {
namespace {

using testing::DicomPhantom;
using testing::item_of;
using testing::loaded;
using testing::phantom_provenance;
using testing::value_of;

// An odd number of bytes, each one different.
RgbImage small_picture() {
    RgbImage picture({.rows = 3, .cols = 5});
    std::uint8_t value = 0;
    for (auto& color : picture.pixels) {
        for (std::uint8_t& part : color) {
            part = value++;
        }
    }
    return picture;
}

class SecondaryCapture : public ::testing::Test {
  protected:
    [[nodiscard]] std::filesystem::path image() const { return folder_.path() / "image"; }
    [[nodiscard]] std::filesystem::path object() const { return folder_.path() / "sc.dcm"; }

    // NOLINTBEGIN(*-non-private-member-variables-in-classes): a fixture.
    const testing::TemporaryFolder folder_;
    const DicomPhantom phantom_;
    // NOLINTEND(*-non-private-member-variables-in-classes)
};

TEST_F(SecondaryCapture, HoldsThePictureAndNothingToMeasureItBy) {
    write_dicom(image(), phantom_);
    write_secondary_capture(object(), small_picture(), {}, phantom_provenance(image()));
    const auto format = loaded(object());
    DcmDataset& read = *format->getDataset();
    const Uint8* bytes = nullptr;
    unsigned long count = 0;
    ASSERT_TRUE(read.findAndGetUint8Array(DCM_PixelData, bytes, &count).good());
    ASSERT_EQ(count, 46U);
    for (unsigned i = 0; i < 45; ++i) {
        EXPECT_EQ(bytes[i], i);  // NOLINT(*-pointer-arithmetic): DCMTK gives a pointer.
    }
    EXPECT_EQ(value_of(read, DCM_Columns), "5");
    EXPECT_EQ(value_of(read, DCM_PhotometricInterpretation), "RGB");
    EXPECT_EQ(value_of(read, DCM_StudyInstanceUID), phantom_.study_uid);
    EXPECT_FALSE(read.tagExists(DCM_PixelSpacing));
    EXPECT_FALSE(read.tagExists(DCM_NominalScannedPixelSpacing));
}

TEST_F(SecondaryCapture, RefersToTheFrameOfAnEnhancedImage) {
    write_enhanced_dicom(image(), testing::stack_of(phantom_, 3, 5));
    write_secondary_capture(object(), small_picture(), {}, phantom_provenance(image(), 1));
    const auto format = loaded(object());
    EXPECT_EQ(value_of(item_of(*format->getDataset(), DCM_SourceImageSequence),
                       DCM_ReferencedFrameNumber),
              "2");
}

}  // namespace
}  // namespace paraspinal

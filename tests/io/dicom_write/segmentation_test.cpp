// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom_write/segmentation.h"

#include "core/error.h"
#include "tests/io/dicom_write/derived_phantom.h"
#include "tests/support/refusal.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

using testing::bytes_of;
using testing::DicomPhantom;
using testing::item_of;
using testing::loaded;
using testing::oblique_phantom;
using testing::phantom_provenance;
using testing::striped;
using testing::value_of;

// Frame `frame` of one-bit pixel data, which runs on from frame to frame without a gap.
std::vector<int> frame_of(DcmDataset& object, std::size_t frame, std::size_t pixels) {
    const Uint8* bytes = nullptr;
    EXPECT_TRUE(object.findAndGetUint8Array(DCM_PixelData, bytes).good());
    std::vector<int> values(pixels);
    for (std::size_t i = 0; i < pixels; ++i) {
        const std::size_t bit = frame * pixels + i;
        // NOLINTNEXTLINE(cppcoreguidelines-pro-bounds-pointer-arithmetic): DCMTK gives a pointer.
        values[i] = bytes[bit / 8] >> (bit % 8) & 1;
    }
    return values;
}

class DicomSegmentation : public ::testing::Test {
  protected:
    DicomSegmentation() { write_dicom(image(), phantom_); }
    [[nodiscard]] std::filesystem::path image() const { return folder_.path() / "image"; }
    [[nodiscard]] std::filesystem::path object() const { return folder_.path() / "seg.dcm"; }
    void write(const SegmentationContent& content) const {
        write_dicom_segmentation(object(), content, phantom_provenance(image()));
    }

    // NOLINTBEGIN(*-non-private-member-variables-in-classes): a fixture.
    const testing::TemporaryFolder folder_;
    const DicomPhantom phantom_ = oblique_phantom();
    const SegmentationContent content_ = striped(phantom_);
    // NOLINTEND(*-non-private-member-variables-in-classes)
};

std::vector<int> ones_where(const LabelMap& labels, Structure structure) {
    std::vector<int> ones;
    std::ranges::transform(labels.pixels, std::back_inserter(ones), [structure](Structure label) {
        return label == structure ? 1 : 0;
    });
    return ones;
}

TEST_F(DicomSegmentation, HoldsEveryStructureToThePixel) {
    write(content_);
    const auto format = loaded(object());
    DcmDataset& read = *format->getDataset();
    long place = 0;
    for (const Structure structure : kStructures) {
        const std::vector<int> expected = ones_where(content_.labels, structure);
        EXPECT_EQ(frame_of(read, static_cast<std::size_t>(place), expected.size()), expected);
        EXPECT_EQ(value_of(item_of(read, DCM_SegmentSequence, place++), DCM_SegmentLabel),
                  label_name(structure));
    }
}

TEST_F(DicomSegmentation, EndsWithTheFat) {
    write(content_);
    const auto format = loaded(object());
    EXPECT_EQ(value_of(*format->getDataset(), DCM_NumberOfFrames), "8");
    const std::vector<int> fat = frame_of(*format->getDataset(), 7, content_.fat.pixels.size());
    EXPECT_TRUE(std::equal(fat.begin(), fat.end(), content_.fat.pixels.begin()));
}

TEST_F(DicomSegmentation, NamesAnatomyAndSide) {
    write(content_);
    const auto format = loaded(object());
    DcmItem& left = item_of(*format->getDataset(), DCM_SegmentSequence, 3);
    DcmItem& type = item_of(left, DCM_SegmentedPropertyTypeCodeSequence);
    EXPECT_EQ(value_of(type, DCM_CodeValue), "44947003");
    EXPECT_EQ(value_of(type, DCM_CodingSchemeDesignator), "SCT");
    EXPECT_EQ(
        value_of(item_of(type, DCM_SegmentedPropertyTypeModifierCodeSequence), DCM_CodeMeaning),
        "Left");
}

TEST_F(DicomSegmentation, BelongsToTheStudyOfTheImage) {
    write(content_);
    const auto format = loaded(object());
    const auto source = loaded(image());
    for (const DcmTagKey& tag : {DCM_PatientID,
                                 DCM_PatientName,
                                 DCM_StudyInstanceUID,
                                 DCM_StudyDate,
                                 DCM_FrameOfReferenceUID}) {
        EXPECT_EQ(value_of(*format->getDataset(), tag), value_of(*source->getDataset(), tag));
    }
    EXPECT_NE(value_of(*format->getDataset(), DCM_SeriesInstanceUID),
              value_of(*source->getDataset(), DCM_SeriesInstanceUID));
}

TEST_F(DicomSegmentation, LiesWhereTheImageLies) {
    write(content_);
    const auto format = loaded(object());
    DcmItem& shared = item_of(*format->getDataset(), DCM_SharedFunctionalGroupsSequence);
    EXPECT_EQ(value_of(item_of(shared, DCM_PixelMeasuresSequence), DCM_PixelSpacing), "0.7\\0.6");
    DcmItem& frame = item_of(*format->getDataset(), DCM_PerFrameFunctionalGroupsSequence, 5);
    EXPECT_EQ(value_of(item_of(frame, DCM_PlanePositionSequence), DCM_ImagePositionPatient),
              "-71.25\\33.125\\-512.0625");
    DcmItem& derived = item_of(frame, DCM_DerivationImageSequence);
    EXPECT_EQ(value_of(item_of(derived, DCM_SourceImageSequence), DCM_ReferencedSOPInstanceUID),
              sop_instance_uid(phantom_));
}

TEST_F(DicomSegmentation, TheSameInputGivesTheSameBytes) {
    write(content_);
    const std::string first = bytes_of(object());
    write(content_);
    EXPECT_EQ(bytes_of(object()), first);
}

TEST_F(DicomSegmentation, LeavesOutWhatIsNotThere) {
    SegmentationContent content = content_;
    std::ranges::replace(content.labels.pixels, Structure::psoas_left, Structure::background);
    std::ranges::fill(content.fat.pixels, 0);
    write(content);
    const auto format = loaded(object());
    EXPECT_EQ(value_of(*format->getDataset(), DCM_NumberOfFrames), "6");
}

TEST_F(DicomSegmentation, RefersToTheFrameOfAnEnhancedImage) {
    const std::vector<DicomPhantom> frames = testing::stack_of(phantom_, 3, 5);
    write_enhanced_dicom(image(), frames);
    write_dicom_segmentation(object(), content_, phantom_provenance(image(), 2));
    const auto format = loaded(object());
    DcmItem& frame = item_of(*format->getDataset(), DCM_PerFrameFunctionalGroupsSequence);
    DcmItem& derived = item_of(frame, DCM_DerivationImageSequence);
    EXPECT_EQ(value_of(item_of(derived, DCM_SourceImageSequence), DCM_ReferencedFrameNumber), "3");
}

std::optional<ErrorCode> code_of(const std::filesystem::path& object,
                                 const SegmentationContent& content,
                                 const Provenance& provenance) {
    return testing::refusal([&] { write_dicom_segmentation(object, content, provenance); });
}

TEST_F(DicomSegmentation, RefusesWhatDoesNotFit) {
    const Provenance provenance = phantom_provenance(image());
    DicomPhantom larger = phantom_;
    larger.size = {.rows = 80, .cols = 60};
    EXPECT_EQ(code_of(object(), striped(larger), provenance), ErrorCode::outline_mismatch);
    SegmentationContent nothing = content_;
    nothing.labels = LabelMap(phantom_.size);
    nothing.fat = Mask(phantom_.size);
    EXPECT_EQ(code_of(object(), nothing, provenance), ErrorCode::outline_mismatch);
    EXPECT_FALSE(std::filesystem::exists(object()));
}

std::string algorithm_type(DcmItem& object, long segment) {
    return value_of(item_of(object, DCM_SegmentSequence, segment), DCM_SegmentAlgorithmType);
}

TEST_F(DicomSegmentation, SaysWhoOutlined) {
    SegmentationContent content = content_;
    content.origins = {{Structure::multifidus_left, OutlineOrigin::operator_drawn},
                       {Structure::erector_spinae_right, OutlineOrigin::operator_trimmed}};
    write(content);
    const auto format = loaded(object());
    DcmDataset& read = *format->getDataset();
    EXPECT_EQ(algorithm_type(read, 0), "AUTOMATIC");
    EXPECT_EQ(algorithm_type(read, 1), "MANUAL");
    EXPECT_EQ(algorithm_type(read, 2), "SEMIAUTOMATIC");
    EXPECT_EQ(value_of(item_of(read, DCM_SegmentSequence, 0), DCM_SegmentAlgorithmName),
              "outline 0.0.0");
    EXPECT_EQ(value_of(item_of(read, DCM_SegmentSequence, 7), DCM_SegmentAlgorithmName),
              "fat threshold");
}

TEST_F(DicomSegmentation, InventsNoPlaceSharedWithOtherSeries) {
    testing::change_element(image(), {.group = 0x0020, .element = 0x0052});
    write(content_);
    const auto format = loaded(object());
    EXPECT_EQ(value_of(*format->getDataset(), DCM_FrameOfReferenceUID).substr(0, 5), "2.25.");
}

}  // namespace
}  // namespace paraspinal

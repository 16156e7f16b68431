// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom_segmentation.h"

#include "core/error.h"
#include "io/derived_uid.h"
#include "io/find_studies.h"
#include "tests/support/dicom_phantom.h"
#include "tests/support/temporary_folder.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

using testing::DicomPhantom;

// A stripe of every structure, and fat in the first two columns of each muscle.
SegmentationContent striped(const DicomPhantom& phantom) {
    SegmentationContent content{.labels = LabelMap(phantom.size),
                                .fat = Mask(phantom.size),
                                .spacing = phantom.spacing,
                                .plane = phantom.plane,
                                .slice_thickness_mm = 4,
                                .algorithm = "outline 0.0.0",
                                .software_version = "1.2.3"};
    for (const Structure structure : kStructures) {
        const int first = 6 * static_cast<int>(structure) - 4;
        for (int row = 3; row < 40; ++row) {
            for (int col = first; col < first + 5; ++col) {
                content.labels[{.row = row, .col = col}] = structure;
                content.fat[{.row = row, .col = col}] =
                    is_paraspinal_muscle(structure) && col < first + 2 ? 1 : 0;
            }
        }
    }
    return content;
}

DicomPhantom oblique_phantom() {
    DicomPhantom phantom;
    phantom.plane = testing::tilted_axial_plane(17.3, {-71.25, 33.125, -512.0625});
    return phantom;
}

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::string text_of(DcmItem& item, const DcmTagKey& tag, bool deep = false) {
    OFString text;
    item.findAndGetOFStringArray(tag, text, deep);
    return text;
}

std::unique_ptr<DcmFileFormat> loaded(const std::filesystem::path& file) {
    auto format = std::make_unique<DcmFileFormat>();
    EXPECT_TRUE(format->loadFile(file.c_str()).good()) << file;
    return format;
}

DcmItem& item_of(DcmItem& parent, const DcmTagKey& sequence, long index = 0) {
    DcmItem* item = nullptr;
    EXPECT_TRUE(parent.findAndGetSequenceItem(sequence, item, index).good()) << sequence.toString();
    return *item;
}

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
    write_dicom_segmentation(object(), {.file = image()}, content_);
    const auto format = loaded(object());
    DcmDataset& read = *format->getDataset();
    long place = 0;
    for (const Structure structure : kStructures) {
        const std::vector<int> expected = ones_where(content_.labels, structure);
        EXPECT_EQ(frame_of(read, static_cast<std::size_t>(place), expected.size()), expected);
        EXPECT_EQ(text_of(item_of(read, DCM_SegmentSequence, place++), DCM_SegmentLabel),
                  label_name(structure));
    }
}

TEST_F(DicomSegmentation, EndsWithTheFat) {
    write_dicom_segmentation(object(), {.file = image()}, content_);
    const auto format = loaded(object());
    EXPECT_EQ(text_of(*format->getDataset(), DCM_NumberOfFrames), "8");
    const std::vector<int> fat = frame_of(*format->getDataset(), 7, content_.fat.pixels.size());
    EXPECT_TRUE(std::equal(fat.begin(), fat.end(), content_.fat.pixels.begin()));
}

TEST_F(DicomSegmentation, NamesAnatomyAndSide) {
    write_dicom_segmentation(object(), {.file = image()}, content_);
    const auto format = loaded(object());
    DcmItem& left = item_of(*format->getDataset(), DCM_SegmentSequence, 3);
    DcmItem& type = item_of(left, DCM_SegmentedPropertyTypeCodeSequence);
    EXPECT_EQ(text_of(type, DCM_CodeValue), "44947003");
    EXPECT_EQ(text_of(type, DCM_CodingSchemeDesignator), "SCT");
    EXPECT_EQ(
        text_of(item_of(type, DCM_SegmentedPropertyTypeModifierCodeSequence), DCM_CodeMeaning),
        "Left");
}

TEST_F(DicomSegmentation, BelongsToTheStudyOfTheImage) {
    write_dicom_segmentation(object(), {.file = image()}, content_);
    const auto format = loaded(object());
    const auto source = loaded(image());
    for (const DcmTagKey& tag : {DCM_PatientID,
                                 DCM_PatientName,
                                 DCM_StudyInstanceUID,
                                 DCM_StudyDate,
                                 DCM_FrameOfReferenceUID}) {
        EXPECT_EQ(text_of(*format->getDataset(), tag), text_of(*source->getDataset(), tag));
    }
    EXPECT_NE(text_of(*format->getDataset(), DCM_SeriesInstanceUID),
              text_of(*source->getDataset(), DCM_SeriesInstanceUID));
}

TEST_F(DicomSegmentation, LiesWhereTheImageLies) {
    write_dicom_segmentation(object(), {.file = image()}, content_);
    const auto format = loaded(object());
    DcmItem& shared = item_of(*format->getDataset(), DCM_SharedFunctionalGroupsSequence);
    EXPECT_EQ(text_of(item_of(shared, DCM_PixelMeasuresSequence), DCM_PixelSpacing), "0.7\\0.6");
    DcmItem& frame = item_of(*format->getDataset(), DCM_PerFrameFunctionalGroupsSequence, 5);
    EXPECT_EQ(text_of(item_of(frame, DCM_PlanePositionSequence), DCM_ImagePositionPatient),
              "-71.25\\33.125\\-512.0625");
    DcmItem& derived = item_of(frame, DCM_DerivationImageSequence);
    EXPECT_EQ(text_of(item_of(derived, DCM_SourceImageSequence), DCM_ReferencedSOPInstanceUID),
              sop_instance_uid(phantom_));
}

TEST_F(DicomSegmentation, TheSameInputGivesTheSameBytes) {
    write_dicom_segmentation(object(), {.file = image()}, content_);
    const std::string first = bytes_of(object());
    write_dicom_segmentation(object(), {.file = image()}, content_);
    EXPECT_EQ(bytes_of(object()), first);
}

TEST_F(DicomSegmentation, PassesDciodvfy) {
    // NOLINTBEGIN(concurrency-mt-unsafe, cert-env33-c): a fixed command of a test.
    if (std::system("command -v dciodvfy > /dev/null") != 0) {
        GTEST_SKIP() << "needs dciodvfy (Debian package dicom3tools)";
    }
    write_dicom_segmentation(object(), {.file = image()}, content_);
    const std::string said = (folder_.path() / "said").string();
    const std::string command = "dciodvfy '" + object().string() + "' > '" + said + "' 2>&1";
    const int status = std::system(command.c_str());
    // NOLINTEND(concurrency-mt-unsafe, cert-env33-c)
    EXPECT_EQ(status, 0) << bytes_of(said);
    EXPECT_EQ(bytes_of(said).find("Error"), std::string::npos) << bytes_of(said);
}

TEST_F(DicomSegmentation, LeavesOutWhatIsNotThere) {
    SegmentationContent content = content_;
    std::ranges::replace(content.labels.pixels, Structure::psoas_left, Structure::background);
    std::ranges::fill(content.fat.pixels, 0);
    write_dicom_segmentation(object(), {.file = image()}, content);
    const auto format = loaded(object());
    EXPECT_EQ(text_of(*format->getDataset(), DCM_NumberOfFrames), "6");
}

TEST_F(DicomSegmentation, RefersToTheFrameOfAnEnhancedImage) {
    const std::vector<DicomPhantom> frames = testing::stack_of(phantom_, 3, 5);
    write_enhanced_dicom(image(), frames);
    write_dicom_segmentation(
        object(), {.file = image(), .frame = 2, .frames_in_file = 3}, content_);
    const auto format = loaded(object());
    DcmItem& frame = item_of(*format->getDataset(), DCM_PerFrameFunctionalGroupsSequence);
    DcmItem& derived = item_of(frame, DCM_DerivationImageSequence);
    EXPECT_EQ(text_of(item_of(derived, DCM_SourceImageSequence), DCM_ReferencedFrameNumber), "3");
}

ErrorCode code_of(const std::filesystem::path& object,
                  const DicomSource& source,
                  const SegmentationContent& content) {
    try {
        write_dicom_segmentation(object, source, content);
    } catch (const Error& error) {
        return error.code();
    }
    return ErrorCode::internal;
}

TEST_F(DicomSegmentation, RefusesWhatDoesNotFit) {
    DicomPhantom larger = phantom_;
    larger.size = {.rows = 80, .cols = 60};
    EXPECT_EQ(code_of(object(), {.file = image()}, striped(larger)), ErrorCode::outline_mismatch);
    SegmentationContent nothing = content_;
    nothing.labels = LabelMap(phantom_.size);
    nothing.fat = Mask(phantom_.size);
    EXPECT_EQ(code_of(object(), {.file = image()}, nothing), ErrorCode::outline_mismatch);
    EXPECT_FALSE(std::filesystem::exists(object()));
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

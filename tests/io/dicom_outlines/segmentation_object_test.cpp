// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom_outlines/segmentation_object.h"

#include "core/error.h"
#include "io/dicom_write/segmentation.h"
#include "io/find_studies.h"
#include "io/output_file.h"
#include "tests/io/damaged_files.h"
#include "tests/support/outline_phantom.h"
#include "tests/support/refusal.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

using testing::SegmentationPhantom;
using testing::Syntax;

// 35 pixels a frame, so that frames do not begin with a byte.
constexpr ImageSize kSize{.rows = 5, .cols = 7};

Image<std::uint16_t> values(int step, std::uint16_t value) {
    Image<std::uint16_t> image(kSize);
    for (std::size_t i = 0; i < image.pixels.size(); ++i) {
        image.pixels[i] = i % static_cast<std::size_t>(step) == 0 ? value : 0;
    }
    return image;
}

Mask mask_of(const Image<std::uint16_t>& image) {
    Mask mask(image.size());
    std::ranges::transform(image.pixels, mask.pixels.begin(), [](std::uint16_t value) {
        return static_cast<std::uint8_t>(value != 0 ? 1 : 0);
    });
    return mask;
}

SegmentationPhantom three_segments() {
    SegmentationPhantom phantom{.size = kSize, .spacing = {.row_mm = 0.7, .col_mm = 0.6}};
    for (const int number : {3, 1, 2}) {
        phantom.segments.push_back({.number = number, .label = "MF R " + std::to_string(number)});
        phantom.frames.push_back({.segment = number,
                                  .plane = testing::tilted_axial_plane(12, {-20, 5, 3.0 * number}),
                                  .values = values(number + 1, 1),
                                  .images = {{.sop_instance_uid = "1.2.3", .frame = number}}});
    }
    return phantom;
}

class Segmentation : public ::testing::Test {
  protected:
    [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "any name.txt"; }
    SegmentationObject read(const SegmentationPhantom& phantom) const {
        write_segmentation(file(), phantom);
        return read_segmentation(file());
    }
    [[nodiscard]] Mask mask(const SegmentationObject& object, std::size_t part = 0) const {
        return read_part(file(), object.parts.at(part));
    }
    [[nodiscard]] std::optional<ErrorCode> error_of(const SegmentationPhantom& phantom) const {
        return testing::refusal([&] { read(phantom); });
    }

  private:
    testing::TemporaryFolder folder_;
};

TEST_F(Segmentation, HoldsEachFrameWhereverItsBitsBegin) {
    const SegmentationPhantom phantom = three_segments();
    const SegmentationObject object = read(phantom);
    ASSERT_EQ(object.parts.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(mask(object, i), mask_of(phantom.frames[i].values));
        EXPECT_EQ(object.parts[i].segment, phantom.frames[i].segment);
        EXPECT_EQ(object.segments[i].label, phantom.segments[i].label);
        const ImageFrame grid = object.parts[i].grid.value();
        EXPECT_NEAR(length(grid.plane.origin_mm - phantom.frames[i].plane.origin_mm), 0, 1e-8);
        EXPECT_EQ(grid.spacing, phantom.spacing);
        EXPECT_EQ(object.parts[i].images.at(0).frames, std::vector{phantom.frames[i].segment});
    }
}

TEST_F(Segmentation, MayStateItsPlaceOnceForAllFrames) {
    SegmentationPhantom phantom = three_segments();
    phantom.shares_groups = true;
    const SegmentationObject object = read(phantom);
    EXPECT_EQ(object.parts.at(2).grid.value().plane.origin_mm,
              object.parts.at(0).grid.value().plane.origin_mm);
    EXPECT_EQ(object.parts.at(2).images.at(0).sop_instance_uid, "1.2.3");
}

TEST_F(Segmentation, NeedsNoPlace) {
    SegmentationPhantom phantom = three_segments();
    phantom.has_place = false;
    EXPECT_FALSE(read(phantom).parts.at(0).grid.has_value());
}

TEST_F(Segmentation, LeavesEmptyFramesOut) {
    SegmentationPhantom phantom = three_segments();
    phantom.frames[1].values = Image<std::uint16_t>(kSize);
    const SegmentationObject object = read(phantom);
    ASSERT_EQ(object.parts.size(), 2U);
    EXPECT_EQ(mask(object, 1), mask_of(phantom.frames[2].values));
}

TEST_F(Segmentation, OfFractionsCountsFromOneHalf) {
    SegmentationPhantom phantom = three_segments();
    phantom.type = "FRACTIONAL";
    phantom.bits = 8;
    phantom.largest_fraction = 101;
    phantom.frames.resize(1);
    phantom.frames[0].values.pixels[0] = 50;
    phantom.frames[0].values.pixels[4] = 51;
    phantom.frames[0].values.pixels[8] = 101;
    const Mask inside = mask(read(phantom));
    EXPECT_EQ(inside.pixels[0], 0);
    EXPECT_EQ(inside.pixels[4], 1);
    EXPECT_EQ(inside.pixels[8], 1);
    EXPECT_EQ(std::ranges::count(inside.pixels, 1), 2);
}

TEST_F(Segmentation, MayBeALabelMap) {
    for (const int bits : {8, 16}) {
        SegmentationPhantom phantom = three_segments();
        phantom.type = "LABELMAP";
        phantom.bits = bits;
        phantom.frames.resize(1);
        phantom.frames[0].values = values(3, 2);
        phantom.frames[0].values.pixels[1] = 3;
        const SegmentationObject object = read(phantom);
        ASSERT_EQ(object.parts.size(), 2U);
        EXPECT_EQ(object.parts[0].segment, 2);
        EXPECT_EQ(mask(object, 0), mask_of(values(3, 2)));
        EXPECT_EQ(std::ranges::count(mask(object, 1).pixels, 1), 1);
    }
}

TEST_F(Segmentation, MayBeEncodedInAnyWay) {
    const Mask expected = mask_of(three_segments().frames[1].values);
    for (const Syntax syntax : {Syntax::implicit_little,
                                Syntax::explicit_little,
                                Syntax::explicit_big,
                                Syntax::deflated}) {
        SegmentationPhantom phantom = three_segments();
        phantom.syntax = syntax;
        EXPECT_EQ(mask(read(phantom), 1), expected) << static_cast<int>(syntax);
    }
    SegmentationPhantom fractions = three_segments();
    fractions.type = "FRACTIONAL";
    fractions.bits = 8;
    fractions.largest_fraction = 1;
    fractions.syntax = Syntax::rle;
    EXPECT_EQ(mask(read(fractions), 1), expected);
}

TEST_F(Segmentation, KnowsAnatomyAndSideByTheirCodes) {
    SegmentationPhantom phantom = three_segments();
    const auto coded = [&](const std::string& type, const std::string& side, bool in_region) {
        phantom.segments[0] = {.number = 3,
                               .label = "Segment_3",
                               .type_code = type,
                               .side_code = side,
                               .in_region = in_region};
        return read(phantom).segments.at(0).coded;
    };
    const std::string right = "24028007";
    const std::string left = "7771000";
    for (const bool in_region : {false, true}) {
        EXPECT_EQ(coded("5709001", left, in_region), Structure::multifidus_left);
        EXPECT_EQ(coded("44947003", right, in_region), Structure::erector_spinae_right);
        EXPECT_EQ(coded("68455001", left, in_region), Structure::psoas_left);
        EXPECT_EQ(coded("3572006", "", in_region), Structure::vertebral_body);
    }
    EXPECT_EQ(coded("5709001", "", false), std::nullopt);
    EXPECT_EQ(coded("10200004", right, false), std::nullopt);
    coded("55603005", "", false);
    EXPECT_TRUE(read(phantom).segments.at(0).is_fat);
}

TEST_F(Segmentation, ThatWeWroteIsTheSame) {
    testing::DicomPhantom image;
    image.plane = testing::tilted_axial_plane(17.3, {-71.25, 33.125, -512.0625});
    const std::filesystem::path source = file().parent_path() / "image";
    write_dicom(source, image);
    SegmentationContent content{.labels = LabelMap(image.size),
                                .fat = Mask(image.size),
                                .spacing = image.spacing,
                                .plane = image.plane,
                                .outline_algorithm = "outline 0.0.0",
                                .fat_algorithm = "fat threshold reference"};
    for (std::size_t i = 0; i < content.labels.pixels.size(); ++i) {
        content.labels.pixels[i] = static_cast<Structure>((i * i / 7 + i / 11) % 8);
        content.fat.pixels[i] = i % 5 == 0 ? 1 : 0;
    }
    const SliceHeader header = find_studies({source}).studies.at(0).series.at(0).slices.at(0);
    write_dicom_segmentation(file(), content, provenance_of(header, "1.2.3", "digest"));
    const SegmentationObject object = read_segmentation(file());
    LabelMap labels(image.size);
    for (std::size_t part = 0; part < object.parts.size(); ++part) {
        const auto meaning =
            std::ranges::find(object.segments, object.parts[part].segment, &SegmentMeaning::number);
        EXPECT_EQ(meaning->is_fat, part == kStructures.size());
        const Mask pixels = mask(object, part);
        for (std::size_t i = 0; i < labels.pixels.size() && meaning->coded; ++i) {
            labels.pixels[i] = pixels.pixels[i] != 0 ? *meaning->coded : labels.pixels[i];
        }
    }
    EXPECT_EQ(labels, content.labels);
    EXPECT_EQ(object.frame_of_reference_uid, image.study_uid + ".9");
}

TEST_F(Segmentation, ThatContradictsItselfIsRefused) {
    const auto changed = [&](std::uint16_t group, std::uint16_t element, const char* value) {
        SegmentationPhantom phantom = three_segments();
        phantom.changes = {{.group = group, .element = element, .value = value}};
        return error_of(phantom);
    };
    EXPECT_EQ(changed(0x0028, 0x0008, "2000000000"), ErrorCode::malformed_file);
    EXPECT_EQ(changed(0x0028, 0x0008, "-3"), ErrorCode::malformed_file);
    EXPECT_EQ(changed(0x0028, 0x0008, "nan"), ErrorCode::malformed_file);
    EXPECT_EQ(changed(0x0028, 0x0010, "0"), ErrorCode::malformed_file);
    EXPECT_EQ(changed(0x0028, 0x0010, "65535"), ErrorCode::image_too_large);
    EXPECT_EQ(changed(0x0028, 0x0011, "8000"), ErrorCode::truncated_pixel_data);
    EXPECT_EQ(changed(0x0028, 0x0100, "4"), ErrorCode::unsupported_encoding);
    EXPECT_EQ(changed(0x0062, 0x0001, "SURFACE"), ErrorCode::malformed_file);
    EXPECT_EQ(changed(0x0062, 0x0001, "FRACTIONAL"), ErrorCode::unsupported_encoding);

    SegmentationPhantom twice = three_segments();
    twice.segments[1].number = 3;
    EXPECT_EQ(error_of(twice), ErrorCode::malformed_file);
    SegmentationPhantom undescribed = three_segments();
    undescribed.frames[0].segment = 9;
    EXPECT_EQ(error_of(undescribed), ErrorCode::malformed_file);
    SegmentationPhantom skewed = three_segments();
    skewed.frames[0].plane.along_rows = {0.7, 0.7, 0};
    EXPECT_EQ(error_of(skewed), ErrorCode::malformed_file);
    SegmentationPhantom flat = three_segments();
    flat.spacing.row_mm = -0.7;
    EXPECT_EQ(error_of(flat), ErrorCode::malformed_file);
}

TEST_F(Segmentation, ThatIsDamagedIsRefusedOrRead) {
    write_segmentation(file(), three_segments());
    testing::expect_named_errors(file(), [](const std::filesystem::path& damaged) {
        const SegmentationObject object = read_segmentation(damaged);
        for (const SegmentPart& part : object.parts) {
            read_part(damaged, part);
        }
    });
}

}  // namespace
}  // namespace paraspinal

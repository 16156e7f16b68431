// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/read_slice.h"

#include "core/error.h"
#include "io/find_studies.h"
#include "tests/support/dicom_phantom.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;
using testing::DicomPhantom;
using testing::NamedSyntax;
using testing::pattern;
using testing::Syntax;

SliceHeader header_of(const fs::path& file) {
    return find_studies({file}).studies.at(0).series.at(0).slices.at(0);
}

ImageSlice written_and_read(const DicomPhantom& phantom) {
    const testing::TemporaryFolder folder;
    write_dicom(folder.path() / "file", phantom);
    return read_slice(header_of(folder.path() / "file"));
}

Image<float> as_float(const Image<std::int32_t>& stored) {
    Image<float> image(stored.size());
    std::copy(stored.pixels.begin(), stored.pixels.end(), image.pixels.begin());
    return image;
}

class LosslessSyntax : public ::testing::TestWithParam<NamedSyntax> {};

TEST_P(LosslessSyntax, GivesTheStoredValues) {
    DicomPhantom phantom;
    phantom.syntax = GetParam().syntax;
    EXPECT_EQ(written_and_read(phantom).intensity, as_float(pattern(phantom.size)));
}

TEST_P(LosslessSyntax, GivesSignedValues) {
    DicomPhantom phantom;
    phantom.syntax = GetParam().syntax;
    phantom.is_signed = true;
    phantom.bits_stored = 16;
    phantom.high_bit = 15;
    phantom.pixels = pattern(phantom.size);
    std::ranges::for_each(phantom.pixels.pixels, [](std::int32_t& value) { value -= 2000; });
    EXPECT_EQ(written_and_read(phantom).intensity, as_float(phantom.pixels));
}

TEST_P(LosslessSyntax, Gives8BitValuesOfAnOddNumberOfPixels) {
    DicomPhantom phantom;
    phantom.syntax = GetParam().syntax;
    phantom.bits_allocated = 8;
    phantom.bits_stored = 8;
    phantom.high_bit = 7;
    phantom.size = {.rows = 33, .cols = 35};
    phantom.pixels = pattern(phantom.size, 256);
    EXPECT_EQ(written_and_read(phantom).intensity, as_float(phantom.pixels));
}

INSTANTIATE_TEST_SUITE_P(Syntaxes,
                         LosslessSyntax,
                         ::testing::Values(NamedSyntax{"ExplicitLittle", Syntax::explicit_little},
                                           NamedSyntax{"ImplicitLittle", Syntax::implicit_little},
                                           NamedSyntax{"ExplicitBig", Syntax::explicit_big},
                                           NamedSyntax{"Deflated", Syntax::deflated},
                                           NamedSyntax{"Rle", Syntax::rle},
                                           NamedSyntax{"JpegLossless", Syntax::jpeg_lossless},
                                           NamedSyntax{"JpegLs", Syntax::jpeg_ls},
                                           NamedSyntax{"Jpeg2000", Syntax::jpeg_2000}),
                         [](const auto& tested) { return tested.param.name; });

TEST(ReadSlice, DecodesJpegBaselineClosely) {
    DicomPhantom phantom;
    phantom.syntax = Syntax::jpeg_baseline;
    phantom.bits_allocated = 8;
    phantom.bits_stored = 8;
    phantom.high_bit = 7;
    phantom.pixels = Image<std::int32_t>(phantom.size);
    for (int row = 0; row < phantom.size.rows; ++row) {
        for (int col = 0; col < phantom.size.cols; ++col) {
            phantom.pixels[{.row = row, .col = col}] = 2 * row + col;
        }
    }
    const Image<float> image = written_and_read(phantom).intensity;
    for (std::size_t pixel = 0; pixel < image.pixels.size(); ++pixel) {
        ASSERT_NEAR(image.pixels[pixel], phantom.pixels.pixels[pixel], 5) << pixel;
    }
}

TEST(ReadSlice, IgnoresBitsOutsideTheStoredOnes) {
    DicomPhantom phantom;
    phantom.bits_stored = 10;
    phantom.high_bit = 12;
    phantom.pixels = pattern(phantom.size, 1024);
    EXPECT_EQ(written_and_read(phantom).intensity, as_float(phantom.pixels));
}

TEST(ReadSlice, SpreadsTheSignOfFewStoredBits) {
    DicomPhantom phantom;
    phantom.is_signed = true;
    phantom.pixels = pattern(phantom.size);
    std::ranges::for_each(phantom.pixels.pixels, [](std::int32_t& value) { value -= 2048; });
    EXPECT_EQ(written_and_read(phantom).intensity, as_float(phantom.pixels));
}

TEST(ReadSlice, AppliesTheRescale) {
    DicomPhantom phantom;
    phantom.changes = {{0x0028, 0x1053, "0.5"}, {0x0028, 0x1052, "-100"}};
    const Image<float> image = written_and_read(phantom).intensity;
    const Image<std::int32_t> stored = pattern(phantom.size);
    for (std::size_t pixel = 0; pixel < image.pixels.size(); ++pixel) {
        ASSERT_FLOAT_EQ(image.pixels[pixel], 0.5F * static_cast<float>(stored.pixels[pixel]) - 100);
    }
}

TEST(ReadSlice, TurnsMonochrome1SoThatLargerIsBrighter) {
    DicomPhantom phantom;
    phantom.photometric_interpretation = "MONOCHROME1";
    const Image<float> image = written_and_read(phantom).intensity;
    const Image<std::int32_t> stored = pattern(phantom.size);
    for (std::size_t pixel = 0; pixel < image.pixels.size(); ++pixel) {
        ASSERT_FLOAT_EQ(image.pixels[pixel], static_cast<float>(4095 - stored.pixels[pixel]));
    }
}

DicomPhantom with_padding(std::int32_t padding_value) {
    DicomPhantom phantom;
    phantom.pixels = Image<std::int32_t>(phantom.size, 500);
    std::fill_n(phantom.pixels.pixels.begin(), phantom.pixels.pixels.size() / 10, 300);
    phantom.pixels[{.row = 0, .col = 0}] = padding_value;
    return phantom;
}

TEST(ReadSlice, ReplacesPaddingByTheSmallestRealValue) {
    DicomPhantom phantom = with_padding(4000);
    phantom.changes = {{0x0028, 0x0120, "4000"}};
    const Image<float> image = written_and_read(phantom).intensity;
    EXPECT_EQ((image[{.row = 0, .col = 0}]), 300);
    EXPECT_EQ((image[{.row = 20, .col = 5}]), 500);
}

TEST(ReadSlice, ReplacesARangeOfPadding) {
    DicomPhantom phantom = with_padding(3950);
    phantom.changes = {{0x0028, 0x0120, "4000"}, {0x0028, 0x0121, "3900"}};
    EXPECT_EQ((written_and_read(phantom).intensity[{.row = 0, .col = 0}]), 300);
}

// Implicit files do not say whether the padding value has a sign.
TEST(ReadSlice, ReplacesNegativePadding) {
    for (const Syntax syntax : {Syntax::explicit_little, Syntax::implicit_little}) {
        DicomPhantom phantom = with_padding(-2000);
        phantom.syntax = syntax;
        phantom.is_signed = true;
        phantom.bits_stored = 16;
        phantom.high_bit = 15;
        phantom.changes = {{0x0028, 0x0120, "-2000"}};
        EXPECT_EQ((written_and_read(phantom).intensity[{.row = 0, .col = 0}]), 300);
    }
}

// Half of the values are 600 or more, a quarter 1000.
DicomPhantom with_background(int dark_pixels) {
    DicomPhantom phantom;
    phantom.pixels = Image<std::int32_t>(phantom.size);
    for (std::size_t i = 0; i < phantom.pixels.pixels.size(); ++i) {
        phantom.pixels.pixels[i] = i < static_cast<std::size_t>(dark_pixels) ? 0
                                   : i % 2 == 0                              ? 600
                                   : i % 4 == 1                              ? 800
                                                                             : 1000;
    }
    return phantom;
}

TEST(ReadSlice, TakesAFewPixelsFarBelowAllOthersForPadding) {
    const DicomPhantom phantom = with_background(10);
    const Image<float> image = written_and_read(phantom).intensity;
    EXPECT_EQ(std::ranges::min(image.pixels), 600);
    EXPECT_EQ((image[{.row = 0, .col = 0}]), 600);
    EXPECT_EQ(std::ranges::max(image.pixels), 1000);
}

TEST(ReadSlice, LeavesMoreThanAFewDarkPixels) {
    const DicomPhantom phantom = with_background(256);
    EXPECT_EQ(written_and_read(phantom).intensity, as_float(phantom.pixels));
}

TEST(ReadSlice, CarriesTheGeometry) {
    DicomPhantom phantom;
    phantom.plane = testing::tilted_axial_plane(12, {-100, -80.5, 7});
    const ImageSlice slice = written_and_read(phantom);
    EXPECT_EQ(slice.spacing, phantom.spacing);
    EXPECT_LT(length(slice.plane.origin_mm - phantom.plane.origin_mm), 1e-6);
}

TEST(ReadSlice, ReadsFilesWithoutMetaHeader) {
    const testing::TemporaryFolder folder;
    const fs::path file = folder.path() / "file";
    DicomPhantom phantom;
    phantom.syntax = Syntax::implicit_little;
    write_dicom(file, phantom);
    testing::remove_meta_header(file);
    EXPECT_EQ(read_slice(header_of(file)).intensity, as_float(pattern(phantom.size)));
}

}  // namespace
}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/png_image.h"

#include "core/error.h"
#include "io/read_file.h"
#include "tests/support/png_file.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <fstream>
#include <optional>
#include <string>
#include <vector>
#include <zlib.h>

namespace paraspinal {
namespace {

using Pixels = std::vector<std::uint16_t>;

constexpr char kGray = 0;
constexpr char kColor = 2;
constexpr char kPalette = 3;
constexpr char kGrayWithAlpha = 4;

std::string big_endian(std::uint64_t number) {
    return {static_cast<char>(number >> 24),
            static_cast<char>(number >> 16),
            static_cast<char>(number >> 8),
            static_cast<char>(number)};
}

std::string chunk(const std::string& type, const std::string& data) {
    const std::string content = type + data;
    const uLong sum =
        crc32(0, reinterpret_cast<const Bytef*>(content.data()), static_cast<uInt>(content.size()));
    return big_endian(data.size()) + content + big_endian(sum);
}

struct Header {
    std::uint32_t cols;
    std::uint32_t rows;
    char bits;
    char color_type;
};

// A PNG put together by hand from unfiltered rows (PNG specification, section 5), `extra` before
// them.
std::string png_of(const Header& header,
                   const std::vector<std::string>& rows,
                   const std::string& extra = {}) {
    std::string plain;
    for (const std::string& row : rows) {
        plain += '\0' + row;
    }
    uLongf length = compressBound(plain.size());
    std::string packed(length, '\0');
    compress(reinterpret_cast<Bytef*>(packed.data()),
             &length,
             reinterpret_cast<const Bytef*>(plain.data()),
             plain.size());
    packed.resize(length);
    const std::string fields = big_endian(header.cols) + big_endian(header.rows) + header.bits +
                               header.color_type + std::string(3, '\0');
    return "\x89PNG\r\n\x1a\n" + chunk("IHDR", fields) + extra + chunk("IDAT", packed) +
           chunk("IEND", "");
}

class PngImage : public ::testing::Test {
  protected:
    Image<std::uint16_t> read(const std::string& bytes) {
        std::ofstream(path_, std::ios::binary) << bytes;
        return read_png(path_);
    }
    std::optional<ErrorCode> refusal(const std::string& bytes) {
        try {
            read(bytes);
        } catch (const Error& error) {
            return error.code();
        }
        return std::nullopt;
    }
    testing::TemporaryFolder folder_;
    std::filesystem::path path_ = folder_.path() / "image.png";
};

TEST_F(PngImage, HasTheSamplesThatAreStored) {
    EXPECT_EQ(read(png_of({3, 2, 8, kGray}, {"\x01\x02\xff", "\x04\x05\x06"})).pixels,
              (Pixels{1, 2, 255, 4, 5, 6}));
    EXPECT_EQ(read(png_of({2, 1, 16, kGray}, {"\x01\x02\xff\xfe"})).pixels,
              (Pixels{0x0102, 0xfffe}));
}

TEST_F(PngImage, StretchesSmallSamples) {
    EXPECT_EQ(read(png_of({4, 1, 1, kGray}, {"\xa0"})).pixels, (Pixels{255, 0, 255, 0}));
    EXPECT_EQ(read(png_of({2, 1, 4, kGray}, {"\x1f"})).pixels, (Pixels{17, 255}));
}

TEST_F(PngImage, LeavesOutTransparencyAndGamma) {
    EXPECT_EQ(read(png_of({2, 1, 8, kGrayWithAlpha}, {std::string("\x07\x00\x09\xff", 4)})).pixels,
              (Pixels{7, 9}));
    EXPECT_EQ(
        read(png_of({2, 1, 8, kGray}, {"\x07\x09"}, chunk("gAMA", big_endian(100000)))).pixels,
        (Pixels{7, 9}));
    testing::write_png(
        path_, {.rows = 256, .cols = 256}, [](PixelIndex at) { return 256 * at.row + at.col; });
    const Image<std::uint16_t> all = read_png(path_);
    EXPECT_EQ((all[{0, 1}]), 1);
    EXPECT_EQ((all[{255, 255}]), 65535);
}

TEST_F(PngImage, TakesColorForGrayOnlyWhenItsChannelsAreEqual) {
    EXPECT_EQ(read(png_of({2, 1, 8, kColor}, {"\x05\x05\x05\x06\x06\x06"})).pixels, (Pixels{5, 6}));
    for (const char* const pixel : {"\x05\x05\x06", "\x05\x06\x05", "\x06\x05\x05"}) {
        EXPECT_EQ(refusal(png_of({1, 1, 8, kColor}, {pixel})), ErrorCode::unsupported_encoding);
    }
    const std::string grays = chunk("PLTE", "\x09\x09\x09\x28\x28\x28");
    EXPECT_EQ(read(png_of({2, 1, 8, kPalette}, {std::string("\x01\x00", 2)}, grays)).pixels,
              (Pixels{40, 9}));
    const std::string red = chunk("PLTE", "\x09\x01\x01");
    EXPECT_EQ(refusal(png_of({1, 1, 8, kPalette}, {std::string(1, '\0')}, red)),
              ErrorCode::unsupported_encoding);
}

TEST_F(PngImage, IsRefusedWhenItIsDamaged) {
    const std::string whole = png_of({3, 2, 8, kGray}, {"\x01\x02\x03", "\x04\x05\x06"});
    for (std::size_t length = 0; length < whole.size(); ++length) {
        EXPECT_EQ(refusal(whole.substr(0, length)), ErrorCode::unreadable_file) << length;
    }
    std::string flipped = whole;
    flipped[45] ^= 1;  // Inside the pixels.
    EXPECT_EQ(refusal(flipped), ErrorCode::unreadable_file);
    EXPECT_EQ(refusal("no picture"), ErrorCode::unreadable_file);
    EXPECT_EQ(refusal(png_of({3, 2, 8, kGray}, {"\x01"})), ErrorCode::unreadable_file);
    EXPECT_EQ(refusal(png_of({100000, 1, 8, kGray}, {})), ErrorCode::unreadable_file);
    EXPECT_EQ(refusal(png_of({1, 100000, 8, kGray}, {})), ErrorCode::unreadable_file);
    EXPECT_THROW(read_png(folder_.path()), Error);
}

TEST_F(PngImage, IsReadAsItWasWritten) {
    RgbImage picture({.rows = 200, .cols = 300});
    std::uint8_t value = 0;
    for (auto& pixel : picture.pixels) {
        pixel.fill(value += 7);
    }
    const Image<std::uint16_t> read_back = read(png_bytes(picture));
    ASSERT_EQ(read_back.size(), picture.size());
    for (std::size_t i = 0; i < picture.pixels.size(); ++i) {
        ASSERT_EQ(read_back.pixels[i], picture.pixels[i][1]);
    }
}

TEST_F(PngImage, HasTheSameBytesAndNoTime) {
    const RgbImage picture({.rows = 3, .cols = 2}, {1, 2, 3});
    EXPECT_EQ(png_bytes(picture), png_bytes(picture));
    EXPECT_EQ(png_bytes(picture).find("tIME"), std::string::npos);
}

}  // namespace
}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// What ImageJ itself writes and measures is compared in tests/cli/imagej_test.cpp.
#include "core/error.h"
#include "io/imagej/decode_roi.h"
#include "io/imagej/encode_roi.h"
#include "io/imagej/roi.h"
#include "io/imagej/roi_mask.h"
#include "tests/support/refusal.h"

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cstdint>
#include <numeric>
#include <optional>
#include <random>
#include <string>

namespace paraspinal {
namespace {

constexpr ImageSize kSize{.rows = 40, .cols = 50};

ImageJRoi polygon(RoiPath path) {
    return {.name = "MF R", .shape = std::vector<RoiPath>{std::move(path)}};
}

ImageJRoi square_with_hole() {
    return {.name = "vertebral_body",
            .stack_position = 3,
            .slice_uid = "1.2.3#4",
            .shape = std::vector<RoiPath>{{{5, 5}, {25, 5}, {25, 25}, {5, 25}},
                                          {{10, 10}, {10, 15}, {15, 15}, {15, 10}}}};
}

int pixels(const ImageJRoi& roi) {
    const Mask mask = roi_mask(roi, kSize);
    return std::accumulate(mask.pixels.begin(), mask.pixels.end(), 0);
}

std::optional<ErrorCode> error_of(std::string_view bytes) {
    return testing::refusal([&] { decode_imagej_roi(bytes); });
}

// A number into a .roi file at its documented place.
void put(std::string& bytes, std::size_t offset, std::size_t size, std::uint32_t value) {
    for (std::size_t i = 0; i < size; ++i) {
        bytes.at(offset + size - 1 - i) = static_cast<char>(value >> 8U * i & 0xFFU);
    }
}

std::string bytes_of_type(std::uint32_t type) {
    std::string bytes(64 + 64, '\0');
    bytes.replace(0, 4, "Iout");
    put(bytes, 4, 2, 227);
    put(bytes, 6, 1, type);
    put(bytes, 16, 2, 3);
    return bytes;
}

TEST(ImageJRoi, ReadsWhatItWrote) {
    const ImageJRoi oval{.name = "psoas l", .shape = RoiOval{3, 4, 11, 7}};
    const ImageJRoi exact = polygon({{1.25, 2.5}, {30.5, 2.75}, {9.125, 33}});
    const ImageJRoi traced = polygon({{1, 2}, {30, 2}, {30, 33}, {1, 33}});
    for (const ImageJRoi& roi : {oval, exact, traced, square_with_hole()}) {
        EXPECT_EQ(decode_imagej_roi(encode_imagej_roi(roi)), roi) << roi.name;
    }
}

TEST(ImageJRoi, KeepsMorePointsThanSixteenBitsCount) {
    RoiPath comb;
    for (int i = 0; i < 70'000; ++i) {
        comb.push_back({static_cast<double>(i / 2 % 8000), static_cast<double>(i % 7)});
    }
    const ImageJRoi roi = polygon(comb);
    EXPECT_EQ(decode_imagej_roi(encode_imagej_roi(roi)), roi);
}

TEST(ImageJRoi, ReadsSubPixelCoordinates) {
    std::string bytes = bytes_of_type(7);  // Freehand, 3 points, 12 bytes each.
    put(bytes, 50, 2, 128);
    const std::array<float, 6> coordinates{1.5F, 20.25F, 3.0F, 2.0F, 2.5F, 30.75F};  // x, then y.
    for (std::size_t i = 0; i < coordinates.size(); ++i) {
        put(bytes, 64 + 12 + 4 * i, 4, std::bit_cast<std::uint32_t>(coordinates.at(i)));
    }
    const RoiPath expected{{1.5, 2.0}, {20.25, 2.5}, {3.0, 30.75}};
    EXPECT_EQ(std::get<0>(decode_imagej_roi(bytes).shape), std::vector<RoiPath>{expected});
}

TEST(ImageJRoi, ReadsCurvesOfComposites) {
    // A circle of radius 15 as four cubic curves.
    constexpr double kControl = 15 * 0.5522847498;
    const auto x = [](double value) { return 20 + value; };
    const std::vector<double> numbers{0,
                                      x(15),
                                      20,
                                      3,
                                      x(15),
                                      20 + kControl,
                                      x(kControl),
                                      35,
                                      x(0),
                                      35,
                                      3,
                                      x(-kControl),
                                      35,
                                      x(-15),
                                      20 + kControl,
                                      x(-15),
                                      20,
                                      3,
                                      x(-15),
                                      20 - kControl,
                                      x(-kControl),
                                      5,
                                      x(0),
                                      5,
                                      3,
                                      x(kControl),
                                      5,
                                      x(15),
                                      20 - kControl,
                                      x(15),
                                      20,
                                      4};
    std::string bytes = bytes_of_type(1);
    bytes.resize(64 + 4 * numbers.size());
    put(bytes, 36, 4, static_cast<std::uint32_t>(numbers.size()));
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        put(bytes, 64 + 4 * i, 4, std::bit_cast<std::uint32_t>(static_cast<float>(numbers[i])));
    }
    EXPECT_EQ(pixels(decode_imagej_roi(bytes)),
              pixels({.name = "o", .shape = RoiOval{5, 5, 30, 30}}));
}

TEST(ImageJRoi, RefusesWhatHasNoOutline) {
    for (const std::uint32_t type : {3U, 4U, 5U, 6U, 9U, 10U, 11U, 255U}) {
        EXPECT_EQ(error_of(bytes_of_type(type)), ErrorCode::unsupported_encoding) << type;
    }
    std::string spline = bytes_of_type(0);
    put(spline, 50, 2, 1);
    EXPECT_EQ(error_of(spline), ErrorCode::unsupported_encoding);
    std::string text = bytes_of_type(1);
    put(text, 48, 2, 1);
    EXPECT_EQ(error_of(text), ErrorCode::unsupported_encoding);
    std::string rounded = bytes_of_type(1);
    put(rounded, 54, 2, 9);
    EXPECT_EQ(error_of(rounded), ErrorCode::unsupported_encoding);
}

TEST(ImageJRoi, RefusesSenselessNumbers) {
    EXPECT_EQ(error_of(""), ErrorCode::malformed_file);
    EXPECT_EQ(error_of("Iout"), ErrorCode::malformed_file);
    EXPECT_EQ(error_of(std::string(200, 'x')), ErrorCode::malformed_file);
    std::string many = bytes_of_type(0);
    put(many, 16, 2, 0);
    for (const std::uint32_t count : {0x7FFFFFFFU, 0x80000000U, 0xFFFFFFFFU, 1000U}) {
        put(many, 18, 4, count);
        EXPECT_EQ(error_of(many), ErrorCode::malformed_file) << count;
    }
    std::string composite = bytes_of_type(1);
    put(composite, 36, 4, 0x7FFFFFFF);
    EXPECT_EQ(error_of(composite), ErrorCode::malformed_file);
    std::string not_a_number = encode_imagej_roi(polygon({{1.25, 2.5}, {30.5, 2.75}, {9.125, 33}}));
    put(not_a_number, 68, 4, 0x7FC00000);
    EXPECT_EQ(error_of(not_a_number), ErrorCode::malformed_file);
}

// Whatever happens to a file, it is read or refused.
TEST(ImageJRoi, SurvivesDamage) {
    std::mt19937 random(1);  // NOLINT(cert-msc32-c, cert-msc51-cpp): the same on every run.
    for (const ImageJRoi& roi : {square_with_hole(),
                                 polygon({{1, 2}, {30, 2}, {30, 33}}),
                                 ImageJRoi{.name = "o", .shape = RoiOval{3, 4, 11, 7}}}) {
        const std::string whole = encode_imagej_roi(roi);
        for (std::size_t length = 0; length < whole.size(); ++length) {
            EXPECT_EQ(error_of(whole.substr(0, length)), ErrorCode::malformed_file) << length;
        }
        for (int i = 0; i < 3000; ++i) {
            std::string damaged = whole;
            for (int flips = 0; flips < 3; ++flips) {
                damaged.at(random() % damaged.size()) = static_cast<char>(random());
            }
            try {
                roi_mask(decode_imagej_roi(damaged), kSize);
            } catch (const Error& error) {
                EXPECT_NE(error.code(), ErrorCode::internal);
            }
        }
    }
}

TEST(RoiMask, CountsPixelsWhoseCenterIsInside) {
    EXPECT_EQ(pixels(polygon({{5, 5}, {15, 5}, {15, 12}, {5, 12}})), 70);
    EXPECT_EQ(pixels(polygon({{5.4, 5.4}, {15.4, 5.4}, {15.4, 12.4}, {5.4, 12.4}})), 70);
    EXPECT_EQ(pixels(polygon({{0, 0}, {50, 0}, {50, 40}, {0, 40}})), 2000);
    EXPECT_EQ(pixels(square_with_hole()), 400 - 25);
    EXPECT_EQ(pixels({.name = "o", .shape = RoiOval{2, 2, 4, 4}}), 12);
    EXPECT_EQ(pixels(polygon({})), 0);
}

// Two outlines that share a border share no pixel, whichever side its centers are on.
TEST(RoiMask, CentersOnABorderBelongToOneSide) {
    const int left = pixels(polygon({{5, 5}, {15.5, 5}, {15.5, 12}, {5, 12}}));
    const int right = pixels(polygon({{15.5, 5}, {25, 5}, {25, 12}, {15.5, 12}}));
    EXPECT_EQ(left + right, 20 * 7);
    EXPECT_EQ(left, 11 * 7);  // A center on the right border is inside.
    const int upper = pixels(polygon({{5, 5}, {15, 5}, {15, 10.5}, {5, 10.5}}));
    EXPECT_EQ(upper, 5 * 10);  // One on the lower border is outside.
}

TEST(RoiMask, RefusesOutlinesOfAnotherImage) {
    for (const RoiPath& path : {RoiPath{{5, 5}, {60, 5}, {15, 12}},
                                RoiPath{{5, 5}, {20, 5}, {15, 41}},
                                RoiPath{{-1, 5}, {20, 5}, {15, 12}},
                                RoiPath{{5, 5}, {20, 5}, {1e30, 12}}}) {
        try {
            roi_mask(polygon(path), kSize);
            ADD_FAILURE() << "no error";
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), ErrorCode::outline_mismatch);
        }
    }
    EXPECT_THROW(roi_mask({.name = "o", .shape = RoiOval{45, 2, 6, 4}}, kSize), Error);
    EXPECT_NO_THROW(roi_mask(polygon({{-0.4, 5}, {50.4, 5}, {15, 12}}), kSize));
}

}  // namespace
}  // namespace paraspinal

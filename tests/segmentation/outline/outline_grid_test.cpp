// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/outline/outline_grid.h"

#include "core/error.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace paraspinal {
namespace {

struct SliceShape {
    ImageSize size{300, 280};
    PixelSpacing spacing{0.7, 0.7};
};

// Brightness rises to the patient's left and to the back, with a bright stripe, so that every turn
// of the image is seen.
ImageSlice ramp_slice(const SliceShape& shape) {
    ImageSlice slice{
        .intensity = Image<float>(shape.size), .spacing = shape.spacing, .plane = ImagePlane{}};
    for (int row = 0; row < shape.size.rows; ++row) {
        for (int col = 0; col < shape.size.cols; ++col) {
            const bool is_stripe = col > shape.size.cols * 3 / 4 && row < shape.size.rows / 3;
            slice.intensity[{row, col}] = static_cast<float>(row + 2 * col + (is_stripe ? 400 : 0));
        }
    }
    return slice;
}

// The same anatomy stored with its columns counted from the patient's left.
ImageSlice stored_from_the_left(const ImageSlice& slice) {
    ImageSlice other = slice;
    for (int row = 0; row < slice.intensity.rows; ++row) {
        for (int col = 0; col < slice.intensity.cols; ++col) {
            other.intensity[{row, col}] = slice.intensity[{row, slice.intensity.cols - 1 - col}];
        }
    }
    other.plane.along_columns = {-1, 0, 0};
    return other;
}

// The same anatomy with rows and columns exchanged.
ImageSlice stored_swapped(const ImageSlice& slice) {
    ImageSlice other{
        .intensity = Image<float>(ImageSize{slice.intensity.cols, slice.intensity.rows}),
        .spacing = {.row_mm = slice.spacing.col_mm, .col_mm = slice.spacing.row_mm},
        .plane = {.along_columns = {0, 1, 0}, .along_rows = {1, 0, 0}}};
    for (int row = 0; row < slice.intensity.rows; ++row) {
        for (int col = 0; col < slice.intensity.cols; ++col) {
            other.intensity[{col, row}] = slice.intensity[{row, col}];
        }
    }
    return other;
}

void expect_near(const Image<float>& a, const Image<float>& b, float tolerance) {
    ASSERT_EQ(a.size(), b.size());
    float largest = 0;
    for (std::size_t i = 0; i < a.pixels.size(); ++i) {
        largest = std::max(largest, std::abs(a.pixels[i] - b.pixels[i]));
    }
    EXPECT_LE(largest, tolerance);
}

TEST(NetworkInput, PadsOutsideTheImageAndStaysInRange) {
    const Image<float> input = network_input(ramp_slice({}));
    ASSERT_EQ(input.size(), kOutlineGrid.size);
    EXPECT_FLOAT_EQ(input.pixels.front(), -0.35F);
    EXPECT_GE(*std::ranges::min_element(input.pixels), -0.35F);
    EXPECT_LE(*std::ranges::max_element(input.pixels), 1.15F);
}

TEST(NetworkInput, DoesNotDependOnGainAndOffset) {
    const ImageSlice slice = ramp_slice({});
    for (const float offset : {0.0F, 3000.0F, -32768.0F}) {
        ImageSlice brighter = slice;
        for (float& value : brighter.intensity.pixels) {
            value = 7 * value + offset;
        }
        expect_near(network_input(slice), network_input(brighter), 1e-4F);
    }
}

TEST(NetworkInput, IsTheSameHoweverTheSliceIsStored) {
    const ImageSlice slice = ramp_slice({.spacing = {0.6, 0.8}});
    const Image<float> input = network_input(slice);
    expect_near(network_input(stored_from_the_left(slice)), input, 2e-3F);
    expect_near(network_input(stored_swapped(slice)), input, 2e-3F);
}

TEST(NetworkInput, RefusesAnImageWithoutContrast) {
    ImageSlice slice = ramp_slice({});
    std::ranges::fill(slice.intensity.pixels, 5.0F);
    try {
        network_input(slice);
        FAIL() << "a constant image was accepted";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::image_constant);
    }
}

// A disc of 30 mm radius in channel 1 must have its analytic area on any slice grid.
TEST(LabelsOnSlice, KeepsTheAreaInMillimeters) {
    std::vector<Image<float>> channels(2, Image<float>(kOutlineGrid.size));
    constexpr double kRadiusMm = 30;
    for (int row = 0; row < kGridSide; ++row) {
        for (int col = 0; col < kGridSide; ++col) {
            const double middle = (kGridSide - 1) / 2.0;
            const double distance_mm = std::hypot(row - middle, col - middle) * kGridPixelMm;
            const auto share =
                static_cast<float>(1 / (1 + std::exp((distance_mm - kRadiusMm) / 0.5)));
            channels[1][{row, col}] = share;
            channels[0][{row, col}] = 1 - share;
        }
    }
    for (const PixelSpacing spacing : {PixelSpacing{0.4, 0.4}, PixelSpacing{0.9, 0.6}}) {
        const ImageSlice slice = ramp_slice({.size = {400, 400}, .spacing = spacing});
        const LabelMap labels = labels_on_slice(channels, slice);
        const double area_mm2 =
            static_cast<double>(std::ranges::count(labels.pixels, Structure::multifidus_right)) *
            pixel_area_mm2(spacing);
        EXPECT_NEAR(area_mm2, std::acos(-1) * kRadiusMm * kRadiusMm, 0.005 * area_mm2);
    }
}

TEST(LabelsOnSlice, PutsThePatientsRightWhereItIsStored) {
    std::vector<Image<float>> channels(2, Image<float>(kOutlineGrid.size));
    for (int row = 0; row < kGridSide; ++row) {
        for (int col = 0; col < kGridSide; ++col) {
            channels[col < kGridSide / 2 ? 1 : 0][{row, col}] =
                1;  // Patient's right: left of the grid.
        }
    }
    const ImageSlice slice = ramp_slice({});
    const LabelMap labels = labels_on_slice(channels, slice);
    EXPECT_EQ((labels[{150, 60}]), Structure::multifidus_right);
    EXPECT_EQ((labels[{150, 220}]), Structure::background);
    const LabelMap flipped = labels_on_slice(channels, stored_from_the_left(slice));
    EXPECT_EQ((flipped[{150, 60}]), Structure::background);
    EXPECT_EQ((flipped[{150, 220}]), Structure::multifidus_right);
    const LabelMap swapped = labels_on_slice(channels, stored_swapped(slice));
    EXPECT_EQ((swapped[{60, 150}]), Structure::multifidus_right);
}

TEST(LabelsOnSlice, CountsHelperChannelsAsBackground) {
    std::vector<Image<float>> channels(kStructures.size() + 2, Image<float>(kOutlineGrid.size));
    std::ranges::fill(channels.back().pixels, 1.0F);
    const LabelMap labels = labels_on_slice(channels, ramp_slice({}));
    EXPECT_EQ(std::ranges::count(labels.pixels, Structure::background),
              static_cast<std::ptrdiff_t>(labels.pixels.size()));
}

}  // namespace
}  // namespace paraspinal

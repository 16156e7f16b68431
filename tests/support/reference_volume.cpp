// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/reference_volume.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace paraspinal::testing {
namespace {

constexpr double kSamePlaceMm = 0.02;

template <class Value>
Value field(const std::string& content, std::size_t offset) {
    Value value{};
    std::memcpy(&value, &content.at(offset), sizeof(value));
    return value;
}

// Column `axis` of the sform, from RAS to LPS.
Vec3 sform_column(const std::string& content, std::size_t axis) {
    const auto at = [&content, axis](std::size_t row) {
        return static_cast<double>(field<float>(content, 280 + 16 * row + 4 * axis));
    };
    return {-at(0), -at(1), at(2)};
}

float voxel(const std::string& content, std::size_t index) {
    const auto start = static_cast<std::size_t>(field<float>(content, 108));
    constexpr int kFloat = 16;
    constexpr int kUnsigned16 = 512;
    constexpr int kSigned16 = 4;
    float value = 0;
    switch (field<std::int16_t>(content, 70)) {
        case kFloat: value = field<float>(content, start + 4 * index); break;
        case kSigned16: value = field<std::int16_t>(content, start + 2 * index); break;
        case kUnsigned16: value = field<std::uint16_t>(content, start + 2 * index); break;
        default: throw std::runtime_error("reference volume of another voxel type");
    }
    const auto slope = field<float>(content, 112);
    return slope == 0 ? value : slope * value + field<float>(content, 116);
}

// Offset of a place from the plane of a slice, mm.
double distance_mm(const ImageSlice& slice, const Vec3& place) {
    return std::abs(dot(place - slice.plane.origin_mm, normalized(normal(slice.plane))));
}

const ImageSlice& slice_at(const ReferenceVolume& reference, const Vec3& place) {
    return *std::ranges::min_element(reference.slices, {}, [&place](const ImageSlice& slice) {
        return distance_mm(slice, place);
    });
}

struct Sample {
    bool found = false;
    float value = 0;
};

Sample sample(const ImageSlice& slice, const Vec3& place) {
    const Vec3 offset = place - slice.plane.origin_mm;
    const double row = dot(offset, slice.plane.along_rows) / slice.spacing.row_mm;
    const double col = dot(offset, slice.plane.along_columns) / slice.spacing.col_mm;
    const PixelIndex at{.row = static_cast<int>(std::lround(row)),
                        .col = static_cast<int>(std::lround(col))};
    const Vec3 center = patient_from_pixel(
        slice.plane,
        slice.spacing,
        {.row = static_cast<double>(at.row), .col = static_cast<double>(at.col)});
    if (length(center - place) > kSamePlaceMm || !slice.intensity.contains(at)) {
        return {};
    }
    return {.found = true, .value = slice.intensity[at]};
}

Vec3 place_of(const ImageSlice& slice, PixelIndex at) {
    return patient_from_pixel(
        slice.plane,
        slice.spacing,
        {.row = static_cast<double>(at.row), .col = static_cast<double>(at.col)});
}

}  // namespace

ReferenceVolume first_volume(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(stream), {}};
    const ImageSize size{.rows = field<std::int16_t>(content, 44),
                         .cols = field<std::int16_t>(content, 42)};
    const Vec3 along_columns = sform_column(content, 0);
    const Vec3 along_rows = sform_column(content, 1);
    ReferenceVolume volume;
    std::size_t index = 0;
    for (int k = 0; k < field<std::int16_t>(content, 46); ++k) {
        ImageSlice& slice = volume.slices.emplace_back();
        slice.spacing = {.row_mm = length(along_rows), .col_mm = length(along_columns)};
        slice.plane = {.origin_mm = sform_column(content, 3) +
                                    static_cast<double>(k) * sform_column(content, 2),
                       .along_columns = normalized(along_columns),
                       .along_rows = normalized(along_rows)};
        slice.intensity = Image<float>(size);
        for (float& pixel : slice.intensity.pixels) {
            pixel = voxel(content, index++);
        }
    }
    return volume;
}

IntensityScale scale_to(const ReferenceVolume& reference, const ImageSlice& slice) {
    const auto [low, high] = std::ranges::minmax_element(slice.intensity.pixels);
    const auto at = [&](auto pixel) {
        const auto offset = static_cast<int>(pixel - slice.intensity.pixels.begin());
        const Vec3 place = place_of(
            slice, {.row = offset / slice.intensity.cols, .col = offset % slice.intensity.cols});
        return static_cast<double>(sample(slice_at(reference, place), place).value);
    };
    IntensityScale scale;
    scale.slope = (at(high) - at(low)) / (static_cast<double>(*high) - static_cast<double>(*low));
    scale.intercept = at(low) - scale.slope * static_cast<double>(*low);
    return scale;
}

void expect_same_image(const ImageSlice& slice,
                       const ReferenceVolume& reference,
                       const IntensityScale& scale) {
    int elsewhere = 0;
    int different = 0;
    for (int row = 0; row < slice.intensity.rows; ++row) {
        for (int col = 0; col < slice.intensity.cols; ++col) {
            const Vec3 place = place_of(slice, {.row = row, .col = col});
            const Sample found = sample(slice_at(reference, place), place);
            const double ours =
                scale.slope * static_cast<double>(slice.intensity[{.row = row, .col = col}]) +
                scale.intercept;
            elsewhere += found.found ? 0 : 1;
            const bool differs = std::abs(ours - static_cast<double>(found.value)) >
                                 1e-4 * std::max(1.0, std::abs(ours));
            different += found.found && differs ? 1 : 0;
        }
    }
    EXPECT_EQ(elsewhere, 0) << "pixels without a voxel at their place";
    EXPECT_EQ(different, 0) << "pixels of another value";
}

double correlation(const Image<float>& a, const Image<float>& b) {
    const auto mean = [](const Image<float>& image) {
        double sum = 0;
        for (const float pixel : image.pixels) {
            sum += static_cast<double>(pixel);
        }
        return sum / static_cast<double>(image.pixels.size());
    };
    const double mean_a = mean(a);
    const double mean_b = mean(b);
    double product = 0;
    double square_a = 0;
    double square_b = 0;
    for (std::size_t pixel = 0; pixel < a.pixels.size(); ++pixel) {
        const double from_a = static_cast<double>(a.pixels[pixel]) - mean_a;
        const double from_b = static_cast<double>(b.pixels[pixel]) - mean_b;
        product += from_a * from_b;
        square_a += from_a * from_a;
        square_b += from_b * from_b;
    }
    return product / std::sqrt(square_a * square_b);
}

}  // namespace paraspinal::testing

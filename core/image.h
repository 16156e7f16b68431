// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace paraspinal {

/// Place of a pixel: row counted downwards, column counted rightwards, both from 0.
struct PixelIndex {
    int row = 0;
    int col = 0;
    friend bool operator==(const PixelIndex&, const PixelIndex&) = default;
};

/// Extent of an image in pixels.
struct ImageSize {
    int rows = 0;
    int cols = 0;
    friend bool operator==(const ImageSize&, const ImageSize&) = default;
};

/// A two-dimensional image that owns its pixels, stored row by row. Copies are values.
template <class Pixel>
struct Image {
    int rows = 0;
    int cols = 0;
    std::vector<Pixel> pixels;

    Image() = default;
    explicit Image(ImageSize size, Pixel fill = {})
        : rows(size.rows),
          cols(size.cols),
          pixels(static_cast<std::size_t>(size.rows) * static_cast<std::size_t>(size.cols), fill) {}

    [[nodiscard]] ImageSize size() const { return {.rows = rows, .cols = cols}; }
    [[nodiscard]] bool contains(PixelIndex at) const {
        return at.row >= 0 && at.row < rows && at.col >= 0 && at.col < cols;
    }
    /// The pixel at `at`, which must lie inside (not checked).
    Pixel& operator[](PixelIndex at) { return pixels[offset(at)]; }
    const Pixel& operator[](PixelIndex at) const { return pixels[offset(at)]; }

    friend bool operator==(const Image&, const Image&) = default;

  private:
    [[nodiscard]] std::size_t offset(PixelIndex at) const {
        return static_cast<std::size_t>(at.row) * static_cast<std::size_t>(cols) +
               static_cast<std::size_t>(at.col);
    }
};

/// 0 outside, 1 inside.
using Mask = Image<std::uint8_t>;

/// Red, green, blue.
using RgbImage = Image<std::array<std::uint8_t, 3>>;

}  // namespace paraspinal

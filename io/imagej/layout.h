// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

/// Places and values in a .roi file; all numbers are big-endian.
/// Source: https://imagej.net/ij/developer/api/ij/ij/io/RoiDecoder.html
namespace paraspinal::imagej {

// First header.
inline constexpr std::size_t kVersion = 4;
inline constexpr std::size_t kType = 6;
inline constexpr std::size_t kTop = 8;
inline constexpr std::size_t kLeft = 10;
inline constexpr std::size_t kBottom = 12;
inline constexpr std::size_t kRight = 14;
inline constexpr std::size_t kPointCount = 16;
inline constexpr std::size_t kBoundsX = 18;  ///< Sub-pixel bounds of rectangles and ovals.
inline constexpr std::size_t kBoundsY = 22;
inline constexpr std::size_t kBoundsWidth = 26;
inline constexpr std::size_t kBoundsHeight = 30;
inline constexpr std::size_t kLargePointCount = 18;  ///< Where kPointCount is too small.
inline constexpr std::size_t kShapeSize = 36;        ///< Numbers in a composite.
inline constexpr std::size_t kSubtype = 48;
inline constexpr std::size_t kOptions = 50;
inline constexpr std::size_t kCornerDiameter = 54;
inline constexpr std::size_t kPosition = 56;
inline constexpr std::size_t kSecondHeader = 60;
inline constexpr std::size_t kCoordinates = 64;

// Second header, from its start.
inline constexpr std::size_t kStackPosition = 8;
inline constexpr std::size_t kNameOffset = 16;
inline constexpr std::size_t kNameLength = 20;
inline constexpr std::size_t kPropertiesOffset = 40;
inline constexpr std::size_t kPropertiesLength = 44;
inline constexpr std::size_t kSecondHeaderSize = 64;

enum class Type : std::uint8_t {
    polygon = 0,
    rectangle = 1,
    oval = 2,
    freehand = 7,
    traced = 8,
};

enum class Segment : std::uint8_t { move = 0, line = 1, quadratic = 2, cubic = 3, close = 4 };

inline constexpr int kTextSubtype = 1;
inline constexpr int kImageSubtype = 4;
inline constexpr int kSplineFit = 1;
inline constexpr int kSubPixel = 128;
inline constexpr int kSubPixelVersion = 222;           ///< First version with sub-pixel outlines.
inline constexpr int kSubPixelRectangleVersion = 223;  ///< First with sub-pixel bounds.
inline constexpr int kWrittenVersion = 227;

/// The ROI property (Image > Overlay > ROI properties) that names the slice.
inline constexpr const char* kSliceProperty = "sop_instance_uid";

}  // namespace paraspinal::imagej

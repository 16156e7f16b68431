// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/imagej/roi.h"

#include <string_view>

namespace paraspinal {

/// Decodes the bytes of a .roi file: polygon, freehand, traced, rectangle (rotated ones too), oval,
/// ellipse, and composite (curves become lines as in ImageJ), with whole and with sub-pixel
/// coordinates.
///
/// Throws Error malformed_file (damaged, truncated, senseless counts) and unsupported_encoding for
/// what has no area (lines, points, angles), for text and images, and for rounded rectangles and
/// fitted splines, of which the file holds less than the outline.
/// Source: https://imagej.net/ij/developer/api/ij/ij/io/RoiDecoder.html
ImageJRoi decode_imagej_roi(std::string_view bytes);

}  // namespace paraspinal

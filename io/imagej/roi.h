// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace paraspinal {

/// A place on an outline as ImageJ counts it: (0, 0) is the upper left corner of the first pixel,
/// (0.5, 0.5) its center.
struct RoiPoint {
    double x = 0;  ///< To the right, in columns.
    double y = 0;  ///< Downwards, in rows.
    friend bool operator==(const RoiPoint&, const RoiPoint&) = default;
};

/// A closed line; the last point is joined to the first.
using RoiPath = std::vector<RoiPoint>;

/// An upright ellipse in its bounding box, which lies on pixel borders.
struct RoiOval {
    int left = 0;
    int top = 0;
    int width = 0;
    int height = 0;
    friend bool operator==(const RoiOval&, const RoiOval&) = default;
};

/// A region of interest of ImageJ that has an area. Several paths are filled by the even-odd rule:
/// a path inside another one is a hole.
struct ImageJRoi {
    std::string name;        ///< UTF-8.
    int stack_position = 0;  ///< Slice of the stack that it was drawn on, from 1; 0: not stated.
    /// `slice_uid` of the slice that it belongs to; only ROIs that paraspinal wrote have it.
    std::string slice_uid;
    std::variant<std::vector<RoiPath>, RoiOval> shape;
    friend bool operator==(const ImageJRoi&, const ImageJRoi&) = default;
};

/// Decodes the bytes of a .roi file: polygon, freehand, traced, rectangle (rotated ones too), oval,
/// ellipse, and composite (curves become lines as in ImageJ), with whole and with sub-pixel
/// coordinates.
///
/// Throws Error malformed_file (damaged, truncated, senseless counts) and unsupported_encoding for
/// what has no area (lines, points, angles), for text and images, and for rounded rectangles and
/// fitted splines, of which the file holds less than the outline.
/// Source: https://imagej.net/ij/developer/api/ij/ij/io/RoiDecoder.html
ImageJRoi decode_imagej_roi(std::string_view bytes);

/// The bytes of a .roi file: one path of whole coordinates becomes a traced ROI, anything else a
/// composite or an oval. The name must be ASCII.
std::string encode_imagej_roi(const ImageJRoi& roi);

/// The pixels that ImageJ (1.52u and later) counts in `roi`: those whose center lies inside; a
/// center on the outline counts when the inside is to its left or below it.
/// Throws Error outline_mismatch when the outline leaves an image of `size` by more than half a
/// pixel: it was drawn on another one.
Mask roi_mask(const ImageJRoi& roi, ImageSize size);

/// Reads a .roi file, or each .roi in a .zip as the ROI Manager saves it. The name is that of the
/// entry in the .zip, or the one inside the .roi file, or else that of the file.
/// Throws Error input_not_found, unreadable_file, malformed_file (also: no ROI, more than
/// kMaxRois, larger than kMaxRoiBytes each), and as decode_imagej_roi with the number of the ROI.
std::vector<ImageJRoi> read_imagej_rois(const std::filesystem::path& file);

/// Writes a .zip that ImageJ's ROI Manager opens; entries are called `name`.roi. The same ROIs give
/// the same bytes. The file appears under its name only when complete.
/// Throws Error output_not_writable.
void write_imagej_rois(const std::filesystem::path& file, const std::vector<ImageJRoi>& rois);

/// Seven structures in a few parts each, with room for what else a reader draws.
inline constexpr int kMaxRois = 1000;
/// About 300,000 points; a muscle drawn freehand has some hundred.
inline constexpr std::size_t kMaxRoiBytes = std::size_t{4} << 20U;

}  // namespace paraspinal

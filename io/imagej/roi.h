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

}  // namespace paraspinal

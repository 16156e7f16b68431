// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/plane.h"
#include "core/slice.h"
#include "segmentation/level/fit_endplate.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace paraspinal {

/// Where the height of a vertebral body is measured, from front to back; an index.
using BodyPart = std::size_t;
inline constexpr BodyPart kAnterior = 0;
inline constexpr BodyPart kMiddle = 1;
inline constexpr BodyPart kPosterior = 2;
inline constexpr std::size_t kBodyParts = 3;

/// A point of the upper endplate and the one of the lower endplate below it.
struct HeightLine {
    Vec3 upper_mm;
    Vec3 lower_mm;
    [[nodiscard]] double height_mm() const { return length(upper_mm - lower_mm); }
};

/// Why a body has no heights.
enum class ShapeDoubt {
    cut_by_image,        ///< It is not wholly in view.
    not_in_the_middle,   ///< No slice passes near its middle, or it leans out of the slices.
    outline_doubtful,    ///< Its border is not followed all around, or not alike in the slices.
    size_doubtful,       ///< It is no vertebral body's size, or as flat as all around it.
    marrow_doubtful,     ///< Something within its outline is no marrow; see doubt_by_picture.
    mirrored_suspected,  ///< Its front seems to be its back.
};
/// Stable snake_case name.
std::string_view shape_doubt_name(ShapeDoubt doubt);
/// The same in words, for people.
std::string_view shape_doubt_meaning(ShapeDoubt doubt);

/// The six points of a vertebral body, as in vertebral morphometry.
struct VertebralShape {
    std::array<HeightLine, kBodyParts> lines;  ///< By BodyPart; all zero where there is a doubt.
    double depth_mm = 0;                       ///< Front to back, at mid-height.
    double spread_mm = 0;  ///< Largest difference of a height between two slices.
    int slices = 0;        ///< That the points are the median of.
    std::optional<ShapeDoubt> doubt;
};

struct ShapeOptions {
    /// Slices this far from the middle of the body show its middle part.
    double near_middle_mm = 6.5;
    /// How far a body may lean out of the slices, to the side; as the limit of slice_tilted.
    double largest_lean_deg = 15;
    /// The outer points lie this share of the depth behind the front and before the back: corners
    /// are rounded off, and carry osteophytes. Of 0.05 to 0.15, this and 0.13 had the least errors
    /// against the masks of docs/vertebrae.md, and nearer to the corner a wedge shows more.
    double corner_share = 0.10;
    /// Lines are fitted to the endplates from there over this share of the depth.
    double zone_share = 0.25;
    /// A body nearer to the border of the image than this may go on beyond it.
    double margin_mm = 2;
    /// The frame turns no farther from the course of the spine: past that, what it calls the
    /// height is nearer to the depth. Lordosis and wedges turn it by half of that.
    double largest_turn_deg = 45;
    /// Heights of two slices of one body, 13 mm apart at most, do not differ by more.
    double largest_spread_mm = 5;
};

/// Measures the six points of a body on what the network saw in parallel sagittal slices, whose
/// values are the probability of vertebral body. `image` is the part of their plane that the image
/// covers.
///
/// The frame of the body is turned until its endplates lean alike to both sides; in it each
/// endplate is followed where the probability falls through one half. In the front, the middle and
/// the back of each slice a line is fitted to them (median_line); the points are the medians over
/// the slices, in the plane through the center of the body.
VertebralShape measure_shape(const std::vector<ImageSlice>& body_probability,
                             const BodyPlace& body,
                             const ImageFrame& image,
                             const ShapeOptions& options = {});

}  // namespace paraspinal

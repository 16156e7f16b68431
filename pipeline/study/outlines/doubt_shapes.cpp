// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/outlines/doubt_shapes.h"

#include "core/text.h"
#include "segmentation/outline/outline_shape.h"

#include <algorithm>
#include <array>

namespace paraspinal {
namespace {

/// Each limit is below the 0.5th percentile of 826 expert masks of L4/5, of 78 expert slices of L2
/// to S1 and of 27 slices drawn by eye (scripts/train/outline/shape_limits.py), except that sides
/// of erector spinae and all of psoas may differ more at the sacrum.
struct ShapeLimits {
    Structure right;           ///< Or of the midline.
    double smallest_solidity;  ///< Share of the convex hull.
    double smallest_ratio;     ///< Of the smaller side's area to the larger one's.
};
constexpr std::array kLimits{
    ShapeLimits{Structure::multifidus_right, 0.88, 0.70},
    ShapeLimits{Structure::erector_spinae_right, 0.75, 0.45},
    ShapeLimits{Structure::vertebral_body, 0.90, 0},
    ShapeLimits{Structure::psoas_right, 0.70, 0.50},
};
/// Largest gap between psoas and the body in 46 outlines drawn by eye: 19 mm, below L5.
constexpr double kLargestPsoasGapMm = 25;

void doubt_dents(const LabelMap& labels,
                 Structure structure,
                 double smallest,
                 std::vector<std::string>& doubts) {
    const auto filled = solidity(labels, structure);
    if (filled && *filled < smallest) {
        doubts.push_back(with_spaces(label_name(structure)) + " fills " + percent_text(*filled, 0) +
                         " of its convex hull, less than " + percent_text(smallest, 0));
    }
}

void doubt_sides(const LabelMap& labels,
                 Structure structure,
                 double smallest,
                 std::vector<std::string>& doubts) {
    const auto right = static_cast<double>(std::ranges::count(labels.pixels, structure));
    const auto left = static_cast<double>(std::ranges::count(labels.pixels, mirrored(structure)));
    const double ratio = std::min(right, left) / std::max({right, left, 1.0});
    if (ratio > 0 && ratio < smallest) {
        doubts.push_back("one side of " + with_spaces(structure_name(structure)) + " is " +
                         percent_text(ratio, 0) + " of the other, less than " +
                         percent_text(smallest, 0));
    }
}

}  // namespace

std::vector<std::string> shape_doubts(const LabelMap& labels, PixelSpacing spacing) {
    std::vector<std::string> doubts;
    for (const ShapeLimits& limits : kLimits) {
        const Structure left = mirrored(limits.right);
        doubt_dents(labels, limits.right, limits.smallest_solidity, doubts);
        if (left != limits.right) {
            doubt_dents(labels, left, limits.smallest_solidity, doubts);
            doubt_sides(labels, limits.right, limits.smallest_ratio, doubts);
        }
    }
    for (const Structure psoas : {Structure::psoas_right, Structure::psoas_left}) {
        const auto gap = gap_mm(labels, psoas, Structure::vertebral_body, spacing);
        if (gap && *gap > kLargestPsoasGapMm) {
            doubts.push_back(with_spaces(label_name(psoas)) + " is " + fixed_text(*gap, 0) +
                             " mm from the vertebral body");
        }
    }
    return doubts;
}

}  // namespace paraspinal

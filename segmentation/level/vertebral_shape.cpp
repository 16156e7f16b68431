// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/level/vertebral_shape.h"

#include "core/geometry.h"
#include "core/quantile.h"
#include "segmentation/level/body_border_internal.h"
#include "segmentation/level/median_line.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace paraspinal {
namespace {

// Name and meaning, in the order of ShapeDoubt.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kDoubtWords{
    {{"cut_by_image", "the body reaches the border of the image or a blank part of it"},
     {"not_in_the_middle",
      "no sagittal slice passes near the middle of the body, or it leans to the side"},
     {"outline_doubtful",
      "the border of the body cannot be followed, differs between the slices, or has no disc "
      "beyond "
      "it"},
     {"size_doubtful",
      "the size is not that of a vertebral body, or too few others tell what it was"},
     {"marrow_doubtful",
      "something within the outline is much darker or brighter than marrow: a dent that was not "
      "followed, edema, a lesion or metal"},
     {"mirrored_suspected",
      "the front of the spine seems to be its back: pixels may be mirrored"}}};

using Points = std::vector<std::pair<double, double>>;  // (along, up)

// Front and back at the middle of the height, and the endplates between them.
struct Box {
    double front_mm = 0;
    double back_mm = 0;
    Line upper;
    Line lower;
};

// One slice, and how far it lies beside the center of the body.
struct Cut {
    const ImageSlice* slice = nullptr;
    double across_mm = 0;
};

// The way along the slice from the middle until the body ends.
double extent_mm(const Cut& cut, const BodyFrame& frame, double up_mm, double step_mm) {
    double along_mm = 0;
    while (std::abs(along_mm) < kBodyReachMm &&
           body_at(*cut.slice,
                   frame,
                   {.across_mm = cut.across_mm, .along_mm = along_mm + step_mm, .up_mm = up_mm}) >=
               kBodyBorder) {
        along_mm += step_mm;
    }
    return along_mm;
}

// The endplate above the middle of the body, or below it where `way_mm` is negative.
Points endplate(
    const Cut& cut, const BodyFrame& frame, double from_mm, double to_mm, double way_mm) {
    constexpr int kSteps = 12;
    Points points;
    for (int step = 0; step <= kSteps; ++step) {
        const double along_mm = from_mm + (to_mm - from_mm) * step / kSteps;
        const auto border = border_from(
            *cut.slice, frame, {.across_mm = cut.across_mm, .along_mm = along_mm}, way_mm);
        if (border) {
            points.emplace_back(along_mm, border->up_mm);
        }
    }
    // Where neighbors run together no border is met.
    constexpr std::size_t kLeastPoints = 8;
    return points.size() < kLeastPoints ? Points() : points;
}

std::optional<Box> box_in(const Cut& cut, const BodyFrame& frame, double height_mm) {
    std::vector<double> fronts;
    std::vector<double> backs;
    for (const double share : {-0.2, -0.1, 0.0, 0.1, 0.2}) {
        fronts.push_back(extent_mm(cut, frame, share * height_mm, -kBorderStepMm));
        backs.push_back(extent_mm(cut, frame, share * height_mm, kBorderStepMm));
    }
    Box box{.front_mm = quantile(fronts, 0.5), .back_mm = quantile(backs, 0.5)};
    const double depth_mm = box.back_mm - box.front_mm;
    if (depth_mm < kMinBorderMm || depth_mm > 2 * (kBodyReachMm - 1)) {
        return std::nullopt;
    }
    constexpr double kRim = 0.1;
    const double way_mm = height_mm / 2 + kPastEndplateMm;
    const double from_mm = box.front_mm + kRim * depth_mm;
    const double to_mm = box.back_mm - kRim * depth_mm;
    const Points upper = endplate(cut, frame, from_mm, to_mm, way_mm);
    const Points lower = endplate(cut, frame, from_mm, to_mm, -way_mm);
    if (upper.empty() || lower.empty()) {
        return std::nullopt;
    }
    box.upper = median_line(upper);
    box.lower = median_line(lower);
    return box;
}

template <class Each>
double median_of(const std::vector<Box>& boxes, const Each& each) {
    std::vector<double> values;
    std::ranges::transform(boxes, std::back_inserter(values), each);
    return quantile(values, 0.5);
}

// Turns and shifts the frame into the middle of the body, and returns how deep that is; 0 where the
// body is not followed in more than half of the slices.
double settle(BodyFrame& frame, const std::vector<Cut>& cuts, double height_mm) {
    constexpr int kRounds = 3;
    double depth_mm = 0;
    for (int round = 0; round < kRounds; ++round) {
        std::vector<Box> boxes;
        for (const Cut& cut : cuts) {
            if (const auto box = box_in(cut, frame, height_mm)) {
                boxes.push_back(*box);
            }
        }
        if (2 * boxes.size() < cuts.size() || boxes.empty()) {
            return 0;
        }
        depth_mm = median_of(boxes, [](const Box& box) { return box.back_mm - box.front_mm; });
        const double along_mm =
            median_of(boxes, [](const Box& box) { return (box.front_mm + box.back_mm) / 2; });
        const double slope = median_of(
            boxes, [](const Box& box) { return (box.upper.slope + box.lower.slope) / 2; });
        const double up_mm = median_of(boxes, [&](const Box& box) {
            return (box.upper.height + box.lower.height) / 2 + slope * along_mm;
        });
        frame.center_mm = frame.center_mm + along_mm * frame.along + up_mm * frame.up;
        frame.up = normalized(frame.up - slope * frame.along);
        frame.along = cross(frame.across, frame.up);
    }
    return depth_mm;
}

struct Heights {
    std::array<double, kBodyParts> upper{};
    std::array<double, kBodyParts> lower{};
};

// Where along the body a part is measured, and what is fitted to tell it.
struct Zone {
    double at_mm = 0;
    double from_mm = 0;
    double to_mm = 0;
};

std::array<Zone, kBodyParts> zones_of(double depth_mm, double to_front, const ShapeOptions& o) {
    const double corner_mm = (0.5 - o.corner_share) * depth_mm;
    const double zone_mm = o.zone_share * depth_mm;
    const Zone front{.at_mm = to_front * corner_mm,
                     .from_mm = to_front * corner_mm,
                     .to_mm = to_front * (corner_mm - zone_mm)};
    return {front,
            Zone{.at_mm = 0, .from_mm = -zone_mm / 2, .to_mm = zone_mm / 2},
            Zone{.at_mm = -front.at_mm, .from_mm = -front.from_mm, .to_mm = -front.to_mm}};
}

std::optional<Heights> heights_in(const Cut& cut,
                                  const BodyFrame& frame,
                                  const std::array<Zone, kBodyParts>& zones,
                                  double height_mm) {
    Heights heights;
    const double way_mm = height_mm / 2 + kPastEndplateMm;
    for (std::size_t part = 0; part < kBodyParts; ++part) {
        const Zone& zone = zones.at(part);
        const Points upper = endplate(cut, frame, zone.from_mm, zone.to_mm, way_mm);
        const Points lower = endplate(cut, frame, zone.from_mm, zone.to_mm, -way_mm);
        if (upper.empty() || lower.empty()) {
            return std::nullopt;
        }
        const Line above = median_line(upper);
        const Line below = median_line(lower);
        heights.upper.at(part) = above.height + above.slope * zone.at_mm;
        heights.lower.at(part) = below.height + below.slope * zone.at_mm;
    }
    return heights;
}

bool is_inside(const Vec3& place_mm, const ImageFrame& image, double margin_mm) {
    const PixelPosition at = pixel_from_patient(image.plane, image.spacing, place_mm);
    const double rows = margin_mm / image.spacing.row_mm;
    const double cols = margin_mm / image.spacing.col_mm;
    return at.row >= rows - 0.5 && at.row <= image.size.rows - 0.5 - rows && at.col >= cols - 0.5 &&
           at.col <= image.size.cols - 0.5 - cols;
}

bool is_in_view(const VertebralShape& shape, const ImageFrame& image, double margin_mm) {
    return std::ranges::all_of(shape.lines, [&](const HeightLine& line) {
        return is_inside(line.upper_mm, image, margin_mm) &&
               is_inside(line.lower_mm, image, margin_mm);
    });
}

double lean_deg(const BodyPlace& body, const ImagePlane& slice) {
    return std::asin(std::abs(dot(body.up, normal(slice)))) * 180 / std::numbers::pi;
}

std::vector<Cut> cuts_near(const std::vector<ImageSlice>& slices,
                           const BodyFrame& frame,
                           double near_mm) {
    std::vector<Cut> cuts;
    for (const ImageSlice& slice : slices) {
        const double across_mm = dot(slice.plane.origin_mm - frame.center_mm, frame.across);
        if (std::abs(across_mm) <= near_mm) {
            cuts.push_back({.slice = &slice, .across_mm = across_mm});
        }
    }
    return cuts;
}

// The medians over the slices become points; they differ by `spread_mm` at most.
void set_points(VertebralShape& shape,
                const std::vector<Heights>& slices,
                const BodyFrame& frame,
                const std::array<Zone, kBodyParts>& zones) {
    for (std::size_t part = 0; part < kBodyParts; ++part) {
        std::vector<double> upper;
        std::vector<double> lower;
        std::vector<double> height;
        for (const Heights& each : slices) {
            upper.push_back(each.upper.at(part));
            lower.push_back(each.lower.at(part));
            height.push_back(upper.back() - lower.back());
        }
        const double along_mm = zones.at(part).at_mm;
        shape.lines.at(part) = {
            .upper_mm = place_mm(frame, {.along_mm = along_mm, .up_mm = quantile(upper, 0.5)}),
            .lower_mm = place_mm(frame, {.along_mm = along_mm, .up_mm = quantile(lower, 0.5)})};
        const auto [least, most] = std::ranges::minmax(height);
        shape.spread_mm = std::max(shape.spread_mm, most - least);
    }
}

VertebralShape doubted(ShapeDoubt doubt) {
    return {.doubt = doubt};
}

}  // namespace

std::string_view shape_doubt_name(ShapeDoubt doubt) {
    return kDoubtWords.at(static_cast<std::size_t>(doubt)).first;
}

std::string_view shape_doubt_meaning(ShapeDoubt doubt) {
    return kDoubtWords.at(static_cast<std::size_t>(doubt)).second;
}

VertebralShape measure_shape(const std::vector<ImageSlice>& body_probability,
                             const BodyPlace& body,
                             const ImageFrame& image,
                             const ShapeOptions& options) {
    if (body_probability.empty() ||
        lean_deg(body, body_probability.front().plane) > options.largest_lean_deg) {
        return doubted(ShapeDoubt::not_in_the_middle);
    }
    BodyFrame frame = body_frame(body, body_probability.front().plane);
    const Vec3 along_spine = frame.up;
    const std::vector<Cut> cuts = cuts_near(body_probability, frame, options.near_middle_mm);
    if (cuts.empty()) {
        return doubted(ShapeDoubt::not_in_the_middle);
    }
    VertebralShape shape{.depth_mm = settle(frame, cuts, body.height_mm)};
    if (shape.depth_mm == 0 || line_angle_deg(frame.up, along_spine) > options.largest_turn_deg) {
        return doubted(ShapeDoubt::outline_doubtful);
    }
    // Images are stored in the patient's coordinates, which grow to the back.
    const double to_front = frame.along.y > 0 ? -1 : 1;
    const std::array<Zone, kBodyParts> zones = zones_of(shape.depth_mm, to_front, options);
    std::vector<Heights> slices;
    for (const Cut& cut : cuts) {
        if (const auto heights = heights_in(cut, frame, zones, body.height_mm)) {
            slices.push_back(*heights);
        }
    }
    if (2 * slices.size() < cuts.size() || slices.empty()) {
        return doubted(ShapeDoubt::outline_doubtful);
    }
    shape.slices = static_cast<int>(slices.size());
    set_points(shape, slices, frame, zones);
    if (!is_in_view(shape, image, options.margin_mm)) {
        return doubted(ShapeDoubt::cut_by_image);
    }
    if (shape.spread_mm > options.largest_spread_mm) {
        return doubted(ShapeDoubt::outline_doubtful);
    }
    return shape;
}

}  // namespace paraspinal

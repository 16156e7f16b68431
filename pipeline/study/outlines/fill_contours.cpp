// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/outlines/fill_contours.h"

#include "core/plane.h"
#include "io/imagej/roi_mask.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

namespace paraspinal {
namespace {

// Decimal places of the file and of the slice would decide about centers on the outline.
double rounded(double pixels) {
    constexpr double kStepsPerPixel = 1e4;
    return std::round(pixels * kStepsPerPixel) / kStepsPerPixel;
}

constexpr double kCenter = 0.5;  // Of the first pixel, as ImageJ counts.

RoiPath path_on(const ImageFrame& slice, const Contour& contour) {
    RoiPath path;
    for (const Vec3& point_mm : contour.points_mm) {
        const PixelPosition at = pixel_from_patient(slice.plane, slice.spacing, point_mm);
        path.push_back({.x = rounded(at.col) + kCenter, .y = rounded(at.row) + kCenter});
    }
    return path;
}

// A program that traces a label map at the value of its pixels, as OHIF does, runs through the
// centers of the outermost ones; half of them would be lost. No hand draws so.
bool runs_through_centers(const RoiPath& path) {
    constexpr std::size_t kFewest = 8;
    constexpr double kTolerance = 0.05;  // Pixels: of places that were written to 0.01 mm.
    const auto is_center = [](double place) {
        return std::abs(place - std::floor(place) - kCenter) < kTolerance;
    };
    return path.size() >= kFewest && std::ranges::all_of(path, [&](const RoiPoint& point) {
               return is_center(point.x) && is_center(point.y);
           });
}

void add_pixels_on(const RoiPath& path, Mask& mask) {
    for (std::size_t i = 0; i < path.size(); ++i) {
        const RoiPoint from = path[i];
        const RoiPoint to = path[(i + 1) % path.size()];
        const double steps = std::round(std::max(std::abs(to.x - from.x), std::abs(to.y - from.y)));
        for (double step = 0; step <= steps; ++step) {
            const double part = steps == 0 ? 0 : step / steps;
            const PixelIndex at{.row = static_cast<int>(from.y + part * (to.y - from.y)),
                                .col = static_cast<int>(from.x + part * (to.x - from.x))};
            if (mask.contains(at)) {
                mask[at] = 1;
            }
        }
    }
}

bool holds_all_of(const Mask& outer, const Mask& inner) {
    for (std::size_t i = 0; i < inner.pixels.size(); ++i) {
        if (inner.pixels[i] != 0 && outer.pixels[i] == 0) {
            return false;
        }
    }
    return true;
}

// Contours drawn in pieces that overlap, or twice, are one area; one inside another is a hole, and
// one inside the hole an island.
Mask united(std::vector<Mask> contours, ImageSize size) {
    const auto area = [](const Mask& mask) { return std::ranges::count(mask.pixels, 1); };
    std::ranges::stable_sort(contours, std::ranges::greater{}, area);
    const auto repeated = std::ranges::unique(contours);
    contours.erase(repeated.begin(), repeated.end());
    Mask all(size);
    for (auto contour = contours.begin(); contour != contours.end(); ++contour) {
        const auto outer = std::count_if(contours.begin(), contour, [&contour](const Mask& larger) {
            return holds_all_of(larger, *contour);
        });
        for (std::size_t i = 0; i < all.pixels.size(); ++i) {
            if (contour->pixels[i] != 0) {
                all.pixels[i] = outer % 2 == 0 ? 1 : 0;
            }
        }
    }
    return all;
}

}  // namespace

Mask filled_contours(const std::vector<const Contour*>& contours, const ImageFrame& frame) {
    std::vector<RoiPath> paths;
    for (const Contour* const contour : contours) {
        paths.push_back(path_on(frame, *contour));
    }
    const auto inside = [&frame](std::vector<RoiPath> drawn) {
        return roi_mask(ImageJRoi{.shape = std::move(drawn)}, frame.size);
    };
    Mask mask(frame.size);
    if (std::ranges::any_of(contours, &Contour::is_xor)) {
        mask = inside(paths);
    } else {
        std::vector<Mask> masks;
        for (const RoiPath& path : paths) {
            masks.push_back(inside({path}));
        }
        mask = united(std::move(masks), frame.size);
    }
    for (const RoiPath& path : paths) {
        if (runs_through_centers(path)) {
            add_pixels_on(path, mask);
        }
    }
    return mask;
}

}  // namespace paraspinal

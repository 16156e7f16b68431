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

RoiPath path_on(const ImageFrame& slice, const Contour& contour) {
    constexpr double kCenter = 0.5;  // Of the first pixel, as ImageJ counts.
    RoiPath path;
    for (const Vec3& point_mm : contour.points_mm) {
        const PixelPosition at = pixel_from_patient(slice.plane, slice.spacing, point_mm);
        path.push_back({.x = rounded(at.col) + kCenter, .y = rounded(at.row) + kCenter});
    }
    return path;
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
    const auto roi_of = [&frame](const std::vector<const Contour*>& drawn) {
        ImageJRoi roi;
        for (const Contour* const contour : drawn) {
            std::get<std::vector<RoiPath>>(roi.shape).push_back(path_on(frame, *contour));
        }
        return roi_mask(roi, frame.size);
    };
    if (std::ranges::any_of(contours, &Contour::is_xor)) {
        return roi_of(contours);
    }
    std::vector<Mask> masks;
    for (const Contour* const contour : contours) {
        masks.push_back(roi_of({contour}));
    }
    return united(std::move(masks), frame.size);
}

}  // namespace paraspinal

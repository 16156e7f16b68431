// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/series/same_place.h"

#include "core/geometry.h"
#include "core/plane.h"
#include "pipeline/study/series/split_stacks.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace paraspinal {
namespace {

Vec3 middle_of(const SliceHeader& slice) {
    return patient_from_pixel(
        *slice.plane,
        *slice.spacing,
        {.row = (slice.size.rows - 1) / 2.0, .col = (slice.size.cols - 1) / 2.0});
}

bool shows(const SliceHeader& slice, const Vec3& place_mm) {
    const PixelPosition at = pixel_from_patient(*slice.plane, *slice.spacing, place_mm);
    const Vec3 across = place_mm - slice.plane->origin_mm;
    return std::abs(dot(across, normal(*slice.plane))) < kSamePlaceMm && at.row >= 0 &&
           at.row <= slice.size.rows - 1 && at.col >= 0 && at.col <= slice.size.cols - 1;
}

}  // namespace

bool are_at_same_place(const SliceHeader& a, const SliceHeader& b) {
    return line_angle_deg(normal(*a.plane), normal(*b.plane)) <= kSameTiltDeg &&
           shows(a, middle_of(b)) && shows(b, middle_of(a));
}

QcFlag several_images_at_place(const std::vector<const SliceHeader*>& others) {
    return {Flag::several_images_at_place,
            "there are other axial T2 images at the place of the measured one, and nothing says "
            "which is right: " +
                short_list(others) + "; name the right one with --slice"};
}

std::string short_list(const std::vector<const SliceHeader*>& slices) {
    constexpr std::size_t kListed = 3;
    std::string text =
        std::to_string(slices.size()) + (slices.size() == 1 ? " slice (" : " slices (");
    for (std::size_t i = 0; i < std::min(kListed, slices.size()); ++i) {
        text += (i == 0 ? "" : ", ") + slice_uid(*slices[i]);
    }
    return text + (slices.size() > kListed ? ", ...)" : ")");
}

}  // namespace paraspinal

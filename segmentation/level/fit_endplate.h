// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/plane.h"
#include "core/slice.h"

#include <optional>
#include <vector>

namespace paraspinal {

/// One vertebral body as a place with a direction and a size.
struct BodyPlace {
    Vec3 center_mm;
    Vec3 up{0, 0, 1};       ///< Unit direction of the spine at this body, to the head.
    double height_mm = 27;  ///< Between its endplates.
};

/// The inferior endplate of a vertebral body.
struct Endplate {
    /// Its center, as far to the left or right as that of the body, and its unit normal to the
    /// head.
    Plane plane;
    double residual_mm = 0;  ///< Root mean square distance of the border points from the plane.
    int border_points = 0;   ///< That the plane was fitted to.
    int slices = 0;          ///< That they lie on.
};

struct EndplateOptions {
    /// Share of the endplate's width in each slice that is used, about its middle: the rims carry
    /// osteophytes and are rounded off.
    double central_share = 0.8;
    /// Standard deviation of the left-right tilt of an endplate against the direction of the spine,
    /// known before any border point is seen. It keeps the plane of few, close sagittal slices from
    /// rocking, and gives that of a single one the direction of the spine.
    double expected_tilt_deg = 5;
    /// Accuracy of the border in one slice, against which that is weighed: about the residual.
    double border_accuracy_mm = 1;
};

/// Fits a plane to the lower border of a vertebral body, over all sagittal slices at once.
///
/// `body_probability` are parallel sagittal slices whose values are the probability that a pixel is
/// vertebral body, of any vertebra. In each, the border is followed below `body` where the
/// probability falls through 0.5, interpolated between pixels. Outliers are weighed down by
/// Tukey's biweight. nullopt when no slice shows enough of the border.
std::optional<Endplate> fit_inferior_endplate(const std::vector<ImageSlice>& body_probability,
                                              const BodyPlace& body,
                                              const EndplateOptions& options = {});

}  // namespace paraspinal

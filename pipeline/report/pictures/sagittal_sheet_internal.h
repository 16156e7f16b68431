// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/plane.h"
#include "core/slice.h"
#include "pipeline/report/pictures/color.h"
#include "pipeline/report/pictures/lettering_internal.h"

#include <opencv2/core.hpp>

#include <string>
#include <vector>

namespace paraspinal {

/// A sagittal slice as a picture in true aspect, head at the top, and where it lies in the patient.
struct SagittalSheet {
    cv::Mat canvas;    ///< 8-bit color.
    ImageFrame frame;  ///< Of the canvas; its pixels are square.

    [[nodiscard]] cv::Point2d at(const Vec3& place_mm) const {
        const PixelPosition pixel = pixel_from_patient(frame.plane, frame.spacing, place_mm);
        return {pixel.col, pixel.row};
    }
};
SagittalSheet sagittal_sheet(const ImageSlice& slice);

struct Stroke {
    Color color;
    double width_px = 1;
    double opacity = 1;
};
/// Draws on a layer of its own, so that a line can be translucent and is smooth.
void draw_line(cv::Mat& canvas, cv::Point2d from, cv::Point2d to, const Stroke& stroke);

/// "A" and "P" at the sides.
void draw_front_and_back(cv::Mat& canvas, Lettering& lettering);

struct CaptionLine {
    std::string text;
    TextStyle style;
    double rise_px = 24;  ///< From the line before.
};
/// `image` above its caption, whose lines are wrapped; at least 720 pixels wide.
cv::Mat captioned(const cv::Mat& image,
                  const std::vector<CaptionLine>& caption,
                  Lettering& lettering);

}  // namespace paraspinal

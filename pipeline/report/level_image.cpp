// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/lettering_internal.h"
#include "pipeline/report/level_image_internal.h"
#include "pipeline/report/slice_picture_internal.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace paraspinal {
namespace {

constexpr double kHeightPx = 1080;
constexpr double kMaxWidthPx = 1080;

// The picture and where it lies in the patient.
struct Sheet {
    cv::Mat canvas;
    ImageFrame frame;  // Of the canvas; its pixels are square.

    [[nodiscard]] cv::Point2d at(const Vec3& place_mm) const {
        const PixelPosition pixel = pixel_from_patient(frame.plane, frame.spacing, place_mm);
        return {pixel.col, pixel.row};
    }
};

Sheet sheet_of(const ImageSlice& slice) {
    const DisplayOrientation turn = sagittal_display(slice.plane);
    const ImageFrame shown = turned(
        {.plane = slice.plane, .spacing = slice.spacing, .size = slice.intensity.size()}, turn);
    const cv::Size2d size_mm = extent_mm(slice, turn);
    const double px_per_mm = std::min(kHeightPx / size_mm.height, kMaxWidthPx / size_mm.width);
    const cv::Size size(cvRound(size_mm.width * px_per_mm), cvRound(size_mm.height * px_per_mm));
    Sheet sheet{.canvas = windowed(displayed(slice.intensity, CV_32F, turn), size)};
    sheet.frame = {.plane = shown.plane,
                   .spacing = {.row_mm = 1 / px_per_mm, .col_mm = 1 / px_per_mm},
                   .size = {.rows = size.height, .cols = size.width}};
    // Pixel centers: the corner of the first pixel of both is the same place.
    const Vec3 corner = patient_from_pixel(shown.plane, shown.spacing, {.row = -0.5, .col = -0.5});
    sheet.frame.plane.origin_mm = corner;
    sheet.frame.plane.origin_mm =
        patient_from_pixel(sheet.frame.plane, sheet.frame.spacing, {.row = 0.5, .col = 0.5});
    return sheet;
}

struct Stroke {
    Color color;
    double width_px = 1;
    double opacity = 1;
};

// Draws on a layer of its own, so that a line can be translucent and is smooth.
void draw_line(cv::Mat& canvas, cv::Point2d from, cv::Point2d to, const Stroke& stroke) {
    constexpr int kShift = 4;
    constexpr double kFine = 1 << kShift;
    cv::Mat coverage = cv::Mat::zeros(canvas.size(), CV_8U);
    cv::line(coverage,
             {cvRound(from.x * kFine), cvRound(from.y * kFine)},
             {cvRound(to.x * kFine), cvRound(to.y * kFine)},
             255,
             std::max(1, cvRound(stroke.width_px)),
             cv::LINE_AA,
             kShift);
    paint(canvas, coverage, stroke.color, stroke.opacity);
}

// The network's bodies on the canvas, each with its own number.
cv::Mat_<int> bodies_on(const Sheet& sheet, const ImageSlice& probability) {
    const cv::Mat grid(probability.intensity.rows,
                       probability.intensity.cols,
                       CV_32F,
                       const_cast<float*>(probability.intensity.pixels.data()));  // NOLINT
    const cv::Point2d origin = sheet.at(probability.plane.origin_mm);
    const double scale = probability.spacing.col_mm / sheet.frame.spacing.col_mm;
    const cv::Matx23d onto_canvas(scale, 0, origin.x, 0, scale, origin.y);
    cv::Mat smooth;
    cv::warpAffine(grid, smooth, onto_canvas, sheet.canvas.size(), cv::INTER_LINEAR);
    cv::Mat_<int> numbers;
    cv::connectedComponents(smooth > 0.5, numbers, 4, CV_32S);
    return numbers;
}

void draw_vertebrae(Sheet& sheet, const SpineView& view, const std::string& level) {
    const cv::Mat_<int> numbers = bodies_on(sheet, view.body_probability);
    cv::Mat others = cv::Mat::zeros(numbers.size(), CV_8U);
    cv::Mat wanted = others.clone();
    for (const Vertebra& vertebra : view.spine.vertebrae) {
        const cv::Point place = sheet.at(vertebra.place.center_mm);
        const bool is_on = cv::Rect({0, 0}, numbers.size()).contains(place);
        const int number = is_on ? numbers(place) : 0;
        if (number > 0) {
            (vertebra.name() == level ? wanted : others).setTo(255, numbers == number);
        }
    }
    constexpr double kLinePx = 1.5;
    draw_outline(sheet.canvas, others, kBodyColor, kLinePx);
    draw_outline(sheet.canvas, wanted, kEndplateColor, kLinePx);
}

void draw_names(Sheet& sheet, const Spine& spine, const std::string& level, Lettering& lettering) {
    for (const Vertebra& vertebra : spine.vertebrae) {
        const bool is_wanted = vertebra.name() == level;
        const TextStyle style{.size_px = is_wanted ? 25.0 : 20.0,
                              .bold = true,
                              .color = is_wanted ? kEndplateColor : Color{},
                              .halo = true};
        constexpr double kHalfCapHeight = 0.36;
        const cv::Point2d place = sheet.at(vertebra.place.center_mm);
        lettering.draw(sheet.canvas,
                       vertebra.name(),
                       {place.x - lettering.width_px(vertebra.name(), style) / 2,
                        place.y + kHalfCapHeight * style.size_px},
                       style);
    }
}

void draw_slices(Sheet& sheet, const LevelView& view) {
    constexpr double kThinOpacity = 0.45;
    const auto draw = [&](std::size_t i, const Stroke& stroke) {
        if (const auto line = crossing(view.axial[i], sheet.frame.plane)) {
            draw_line(sheet.canvas, sheet.at(line->from_mm), sheet.at(line->to_mm), stroke);
        }
    };
    for (std::size_t i = 0; i < view.axial.size(); ++i) {
        if (i != view.chosen) {
            draw(i, {.color = kSliceColor, .opacity = kThinOpacity});
        }
    }
    if (view.chosen) {
        draw(*view.chosen, {.color = kSliceColor, .width_px = 3});
    }
}

void draw_endplate(Sheet& sheet, const Vertebra& vertebra) {
    const Plane& plane = vertebra.inferior_endplate->plane;
    const Vec3 along = normalized(cross(plane.normal, normal(sheet.frame.plane)));
    const Vec3 reach = (vertebra.depth_mm / 2) * along;
    draw_line(sheet.canvas,
              sheet.at(plane.point_mm - reach),
              sheet.at(plane.point_mm + reach),
              {.color = kEndplateColor, .width_px = 4});
}

void draw_marks(cv::Mat& canvas, Lettering& lettering) {
    const TextStyle style{.size_px = 24, .bold = true, .halo = true};
    lettering.draw(canvas, "A", {16, canvas.rows / 2.0}, style);
    lettering.draw(
        canvas, "P", {canvas.cols - 16 - lettering.width_px("P", style), canvas.rows / 2.0}, style);
}

}  // namespace

cv::Mat level_image(const LevelView& view, const LevelEvidence& level, Lettering& lettering) {
    Sheet sheet = sheet_of(view.sagittal.slice);
    draw_slices(sheet, view);
    draw_vertebrae(sheet, view.sagittal, level.level);
    for (const Vertebra& vertebra : view.sagittal.spine.vertebrae) {
        if (vertebra.name() == level.level && vertebra.inferior_endplate) {
            draw_endplate(sheet, vertebra);
        }
    }
    draw_names(sheet, view.sagittal.spine, level.level, lettering);
    draw_marks(sheet.canvas, lettering);
    return sheet.canvas;
}

}  // namespace paraspinal

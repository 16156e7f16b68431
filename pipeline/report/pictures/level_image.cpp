// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/pictures/lettering_internal.h"
#include "pipeline/report/pictures/level_image_internal.h"
#include "pipeline/report/pictures/sagittal_sheet_internal.h"
#include "pipeline/report/pictures/slice_picture_internal.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace paraspinal {
namespace {

// The network's bodies on the canvas, each with its own number.
cv::Mat_<int> bodies_on(const SagittalSheet& sheet, const ImageSlice& probability) {
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

void draw_vertebrae(SagittalSheet& sheet, const SpineView& view, const std::string& level) {
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

void draw_names(SagittalSheet& sheet,
                const Spine& spine,
                const std::string& level,
                Lettering& lettering) {
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

void draw_slices(SagittalSheet& sheet, const LevelView& view) {
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

void draw_endplate(SagittalSheet& sheet, const Vertebra& vertebra) {
    const Plane& plane = vertebra.inferior_endplate->plane;
    const Vec3 along = normalized(cross(plane.normal, normal(sheet.frame.plane)));
    const Vec3 reach = (vertebra.depth_mm / 2) * along;
    draw_line(sheet.canvas,
              sheet.at(plane.point_mm - reach),
              sheet.at(plane.point_mm + reach),
              {.color = kEndplateColor, .width_px = 4});
}

}  // namespace

cv::Mat level_image(const LevelView& view, const LevelEvidence& level, Lettering& lettering) {
    SagittalSheet sheet = sagittal_sheet(view.sagittal.slice);
    draw_slices(sheet, view);
    draw_vertebrae(sheet, view.sagittal, level.level);
    for (const Vertebra& vertebra : view.sagittal.spine.vertebrae) {
        if (vertebra.name() == level.level && vertebra.inferior_endplate) {
            draw_endplate(sheet, vertebra);
        }
    }
    draw_names(sheet, view.sagittal.spine, level.level, lettering);
    draw_front_and_back(sheet.canvas, lettering);
    return sheet.canvas;
}

}  // namespace paraspinal

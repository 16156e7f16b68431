// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/pictures/color.h"
#include "pipeline/report/pictures/lettering_internal.h"
#include "pipeline/report/pictures/overlay_image_internal.h"
#include "pipeline/report/pictures/slice_picture_internal.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <vector>

namespace paraspinal {
namespace {

constexpr int kWidthPx = 960;
constexpr int kMaxHeightPx = 1280;
constexpr double kLinePx = 2.5;

// Keeps the texture: a tinted pixel is as bright as the gray one lets it be.
void tint(cv::Mat& canvas, const cv::Mat& fat) {
    cv::Mat coverage;
    cv::resize(fat * 255, coverage, canvas.size(), 0, 0, cv::INTER_LINEAR);
    paint(canvas, coverage, kFatColor, 0.6);
}

void draw_side_marks(cv::Mat& canvas, Lettering& lettering) {
    const TextStyle style{.size_px = 30, .bold = true, .halo = true};
    constexpr double kMarginPx = 20;
    constexpr double kCapHeight = 0.72;
    const double width = canvas.cols;
    const double height = canvas.rows;
    const double cap_px = kCapHeight * style.size_px;
    const auto mark = [&](const char* text, double x_center, double y_center) {
        lettering.draw(canvas,
                       text,
                       {x_center - lettering.width_px(text, style) / 2, y_center + cap_px / 2},
                       style);
    };
    const double inset = kMarginPx + cap_px / 2;
    mark("R", inset, height / 2);
    mark("L", width - inset, height / 2);
    mark("A", width / 2, inset);
    mark("P", width / 2, height - inset);
}

void draw_scale_bar(cv::Mat& canvas, double px_per_mm, Lettering& lettering) {
    const int length_cm = canvas.cols / px_per_mm >= 120 ? 5 : 1;
    const double px_per_cm = 10 * px_per_mm;
    const double right = canvas.cols - 28;
    const double left = right - length_cm * px_per_cm;
    const double y = canvas.rows - 30;
    const auto bar = [&](double x0, double y0, double x1, double y1) {
        const cv::Rect2d box(x0, y0, x1 - x0, y1 - y0);
        const cv::Rect2d rim(box.x - 1.5, box.y - 1.5, box.width + 3, box.height + 3);
        cv::rectangle(canvas, rim, {0, 0, 0}, cv::FILLED);
        return box;
    };
    std::vector<cv::Rect2d> boxes{bar(left, y - 1, right + 2, y + 2)};
    for (int tick = 0; tick <= length_cm; ++tick) {
        const double x = left + tick * px_per_cm;
        const double rise = tick == 0 || tick == length_cm ? 11 : 6;
        boxes.push_back(bar(x, y - rise, x + 2, y + 2));
    }
    for (const cv::Rect2d& box : boxes) {
        cv::rectangle(canvas, box, {255, 255, 255}, cv::FILLED);
    }
    const TextStyle style{.size_px = 19, .bold = true, .halo = true};
    const std::string text = std::to_string(length_cm) + " cm";
    lettering.draw(
        canvas, text, {(left + right - lettering.width_px(text, style)) / 2, y - 12}, style);
}

}  // namespace

cv::Mat overlay_image(const StudyReport& report, Lettering& lettering) {
    const DisplayOrientation turn = radiological_display(report.slice.plane);
    const cv::Size2d size_mm = extent_mm(report.slice, turn);
    const double px_per_mm = std::min(kWidthPx / size_mm.width, kMaxHeightPx / size_mm.height);
    const cv::Size size(std::max(1, cvRound(size_mm.width * px_per_mm)),
                        std::max(1, cvRound(size_mm.height * px_per_mm)));
    cv::Mat canvas = windowed(displayed(report.slice.intensity, CV_32F, turn), size);
    tint(canvas, displayed(report.fat, CV_8U, turn));
    const cv::Mat labels = displayed(report.outlines.labels, CV_8U, turn);
    for (const Structure structure : kStructures) {
        draw_outline(
            canvas, labels == static_cast<int>(structure), outline_color(structure), kLinePx);
    }
    draw_side_marks(canvas, lettering);
    draw_scale_bar(canvas, px_per_mm, lettering);
    return canvas;
}

}  // namespace paraspinal

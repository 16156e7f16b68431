// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/pictures/sagittal_sheet_internal.h"
#include "pipeline/report/pictures/slice_picture_internal.h"
#include "pipeline/tables/wrap_text.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <string_view>

namespace paraspinal {
namespace {

constexpr double kHeightPx = 1080;
constexpr double kMaxWidthPx = 1080;

}  // namespace

SagittalSheet sagittal_sheet(const ImageSlice& slice) {
    const DisplayOrientation turn = sagittal_display(slice.plane);
    const ImageFrame shown = turned(
        {.plane = slice.plane, .spacing = slice.spacing, .size = slice.intensity.size()}, turn);
    const cv::Size2d size_mm = extent_mm(slice, turn);
    const double px_per_mm = std::min(kHeightPx / size_mm.height, kMaxWidthPx / size_mm.width);
    const cv::Size size(cvRound(size_mm.width * px_per_mm), cvRound(size_mm.height * px_per_mm));
    SagittalSheet sheet{.canvas = windowed(displayed(slice.intensity, CV_32F, turn), size)};
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

void draw_line(cv::Mat& canvas, cv::Point2d from, cv::Point2d to, const Stroke& stroke) {
    constexpr int kShift = 4;
    constexpr double kFine = 1 << kShift;
    const int reach = cvCeil(stroke.width_px) + 2;
    const cv::Rect place = cv::Rect(cv::Point(cvFloor(std::min(from.x, to.x)) - reach,
                                              cvFloor(std::min(from.y, to.y)) - reach),
                                    cv::Point(cvCeil(std::max(from.x, to.x)) + reach,
                                              cvCeil(std::max(from.y, to.y)) + reach)) &
                           cv::Rect({0, 0}, canvas.size());
    if (place.empty()) {
        return;
    }
    const auto fine = [&](const cv::Point2d& point) {
        return cv::Point(cvRound((point.x - place.x) * kFine),
                         cvRound((point.y - place.y) * kFine));
    };
    cv::Mat coverage = cv::Mat::zeros(place.size(), CV_8U);
    cv::line(coverage,
             fine(from),
             fine(to),
             255,
             std::max(1, cvRound(stroke.width_px)),
             cv::LINE_AA,
             kShift);
    cv::Mat onto = canvas(place);
    paint(onto, coverage, stroke.color, stroke.opacity);
}

void draw_front_and_back(cv::Mat& canvas, Lettering& lettering) {
    const TextStyle style{.size_px = 24, .bold = true, .halo = true};
    lettering.draw(canvas, "A", {16, canvas.rows / 2.0}, style);
    lettering.draw(
        canvas, "P", {canvas.cols - 16 - lettering.width_px("P", style), canvas.rows / 2.0}, style);
}

cv::Mat captioned(const cv::Mat& image,
                  const std::vector<CaptionLine>& caption,
                  Lettering& lettering) {
    constexpr int kMarginPx = 26;
    constexpr int kMinWidthPx = 720;
    const int width_px = std::max(image.cols, kMinWidthPx);
    struct Line {
        std::string text;
        TextStyle style;
        double y_px = 0;
    };
    std::vector<Line> lines;
    double y_px = image.rows;
    for (const CaptionLine& line : caption) {
        const auto fits = [&](std::string_view part) {
            return lettering.width_px(part, line.style) <= width_px - 2.0 * kMarginPx;
        };
        double rise_px = line.rise_px;
        for (const std::string& part : wrapped_lines(line.text, fits)) {
            y_px += rise_px;
            lines.push_back({.text = part, .style = line.style, .y_px = y_px});
            rise_px = 1.4 * line.style.size_px;
        }
    }
    cv::Mat page(
        image.rows + cvRound(y_px - image.rows + kMarginPx), width_px, CV_8UC3, bgr(kBackground));
    image.copyTo(page(cv::Rect({(width_px - image.cols) / 2, 0}, image.size())));
    for (const Line& line : lines) {
        lettering.draw(page, line.text, {kMarginPx, line.y_px}, line.style);
    }
    return page;
}

}  // namespace paraspinal

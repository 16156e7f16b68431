// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/color.h"
#include "pipeline/report/lettering_internal.h"
#include "pipeline/report/overlay_internal.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

namespace paraspinal {
namespace {

constexpr int kWidthPx = 960;
constexpr int kMaxHeightPx = 1280;
constexpr int kSupersampling = 3;
constexpr double kLinePx = 2.5;
// Of the slice's pixels: rounds the steps of the pixel grid, still shows a part one pixel wide.
constexpr double kSmoothingPixels = 0.7;

template <class Pixel>
cv::Mat displayed(const Image<Pixel>& image, int type, const DisplayOrientation& turn) {
    cv::Mat shown(image.rows, image.cols, type);
    std::memcpy(shown.data, image.pixels.data(), image.pixels.size() * sizeof(Pixel));
    if (turn.swap_axes) {
        cv::transpose(shown, shown);
    }
    if (turn.flip_rows) {
        cv::flip(shown, shown, 0);
    }
    if (turn.flip_columns) {
        cv::flip(shown, shown, 1);
    }
    return shown;
}

cv::Size2d extent_mm(const ImageSlice& slice, const DisplayOrientation& turn) {
    const double width_mm = slice.intensity.cols * slice.spacing.col_mm;
    const double height_mm = slice.intensity.rows * slice.spacing.row_mm;
    return turn.swap_axes ? cv::Size2d(height_mm, width_mm) : cv::Size2d(width_mm, height_mm);
}

double percentile(std::vector<float> values, double percent) {
    const auto rank = static_cast<std::ptrdiff_t>(
        std::lround(percent / 100 * static_cast<double>(values.size() - 1)));
    std::nth_element(values.begin(), values.begin() + rank, values.end());
    return values[static_cast<std::size_t>(rank)];
}

// Grey levels between the darkest and brightest per cent, so that a few pixels near the coil do
// not darken the muscles.
cv::Mat windowed(const cv::Mat& intensity, cv::Size size) {
    const std::vector<float> values(intensity.begin<float>(), intensity.end<float>());
    const double low = percentile(values, 1);
    const double high = std::max(percentile(values, 99), low + 1e-6);
    cv::Mat grey;
    cv::resize(intensity, grey, size, 0, 0, cv::INTER_CUBIC);
    grey.convertTo(grey, CV_8U, 255 / (high - low), -low * 255 / (high - low));
    cv::cvtColor(grey, grey, cv::COLOR_GRAY2BGR);
    return grey;
}

// Keeps the texture: a tinted pixel is as bright as the grey one lets it be.
void tint(cv::Mat& canvas, const cv::Mat& fat) {
    cv::Mat coverage;
    cv::resize(fat * 255, coverage, canvas.size(), 0, 0, cv::INTER_LINEAR);
    paint(canvas, coverage, kFatColor, 0.6);
}

// Smooth line just inside the border of `region`, so that neighbors do not cover each other.
void draw_outline(cv::Mat& canvas, const cv::Mat& region, const Color& color) {
    const cv::Size fine = canvas.size() * kSupersampling;
    cv::Mat inside;
    cv::resize(region, inside, fine, 0, 0, cv::INTER_LINEAR);
    cv::GaussianBlur(inside,
                     inside,
                     {0, 0},
                     kSmoothingPixels * fine.width / region.cols,
                     kSmoothingPixels * fine.height / region.rows);
    cv::threshold(inside, inside, 127, 255, cv::THRESH_BINARY);
    std::vector<std::vector<cv::Point>> contours;
    cv::findContours(inside, contours, cv::RETR_CCOMP, cv::CHAIN_APPROX_NONE);
    cv::Mat line = cv::Mat::zeros(fine, CV_8U);
    cv::drawContours(line, contours, -1, 255, cvRound(2 * kLinePx * kSupersampling));
    cv::bitwise_and(line, inside, line);
    cv::resize(line, line, canvas.size(), 0, 0, cv::INTER_AREA);
    paint(canvas, line, color);
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
        draw_outline(canvas, labels == static_cast<int>(structure), outline_color(structure));
    }
    draw_side_marks(canvas, lettering);
    draw_scale_bar(canvas, px_per_mm, lettering);
    return canvas;
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/follow/pair_picture.h"

#include "io/png_image.h"
#include "pipeline/report/pictures/color.h"
#include "pipeline/report/pictures/lettering_internal.h"
#include "pipeline/report/pictures/slice_picture_internal.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace paraspinal {
namespace {

constexpr int kGapPx = 12;
constexpr int kTitlePx = 40;
constexpr int kLinePx = 22;
constexpr int kWidthPx = 620;
constexpr int kHeightPx = 465;
constexpr double kAspect = 1.0 * kWidthPx / kHeightPx;
constexpr double kMarginMm = 12;
constexpr double kOutlinePx = 2;

// A slice as it is shown, and where its outlines lie.
struct Shown {
    cv::Mat intensity;
    cv::Mat labels;
    cv::Point2d mm_per_px;
    cv::Rect2d outlined_mm;
};

Shown shown_slice(const PicturedSlice& pictured) {
    const DisplayOrientation turn = radiological_display(pictured.slice.plane);
    const cv::Size2d size_mm = extent_mm(pictured.slice, turn);
    Shown shown{.intensity = displayed(pictured.slice.intensity, CV_32F, turn),
                .labels = displayed(pictured.labels, CV_8U, turn),
                .mm_per_px = {},
                .outlined_mm = {}};
    shown.mm_per_px = {size_mm.width / shown.intensity.cols, size_mm.height / shown.intensity.rows};
    const cv::Rect box = cv::boundingRect(shown.labels > 0);
    shown.outlined_mm = {box.x * shown.mm_per_px.x,
                         box.y * shown.mm_per_px.y,
                         box.width * shown.mm_per_px.x,
                         box.height * shown.mm_per_px.y};
    return shown;
}

// `width_mm` of the slice around its outlines.
cv::Mat picture_of(const Shown& shown, double width_mm) {
    const cv::Point2d middle = (shown.outlined_mm.tl() + shown.outlined_mm.br()) / 2;
    const double height_mm = width_mm / kAspect;
    const cv::Rect2d view((middle.x - width_mm / 2) / shown.mm_per_px.x,
                          (middle.y - height_mm / 2) / shown.mm_per_px.y,
                          width_mm / shown.mm_per_px.x,
                          height_mm / shown.mm_per_px.y);
    cv::Mat picture = windowed(cut(shown.intensity, view), {kWidthPx, kHeightPx});
    const cv::Mat labels = cut(shown.labels, view);
    for (const Structure structure : kStructures) {
        draw_outline(
            picture, labels == static_cast<int>(structure), outline_color(structure), kOutlinePx);
    }
    return picture;
}

}  // namespace

std::string pair_png(const std::array<PicturedSlice, 2>& slices,
                     const std::vector<std::string>& lines) {
    const std::array shown{shown_slice(slices[0]), shown_slice(slices[1])};
    double width_mm = 0;
    for (const Shown& one : shown) {
        width_mm = std::max({width_mm,
                             one.outlined_mm.width + 2 * kMarginMm,
                             kAspect * (one.outlined_mm.height + 2 * kMarginMm)});
    }
    const int text_px = (static_cast<int>(lines.size()) + 1) * kLinePx;
    cv::Mat page =
        cv::Mat::zeros(kTitlePx + kHeightPx + kGapPx + text_px, 2 * kWidthPx + 3 * kGapPx, CV_8UC3);
    Lettering lettering;
    const auto write = [&](const std::string& text, double x, double y, bool is_bold) {
        lettering.draw(page, text, {x, y}, {.size_px = 16, .bold = is_bold});
    };
    for (std::size_t i = 0; i < slices.size(); ++i) {
        const int x = kGapPx + static_cast<int>(i) * (kWidthPx + kGapPx);
        write(slices.at(i).title, x, kTitlePx - 14, true);
        picture_of(shown.at(i), width_mm).copyTo(page(cv::Rect(x, kTitlePx, kWidthPx, kHeightPx)));
        lettering.draw(page,
                       "R",
                       {x + 10.0, kTitlePx + kHeightPx / 2.0},
                       {.size_px = 22, .bold = true, .halo = true});
    }
    constexpr int kBarMm = 50;
    const int bar_px = cvRound(kBarMm * kWidthPx / width_mm);
    const int bottom = kTitlePx + kHeightPx;
    const cv::Point bar(page.cols - 2 * kGapPx - bar_px, bottom + kGapPx + kLinePx);
    cv::line(page, bar, bar + cv::Point(bar_px, 0), bgr(Color{}), 3);
    write("5 cm", bar.x, bar.y - 6.0, false);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        write(lines[i], kGapPx, bottom + kGapPx + static_cast<double>(i + 1) * kLinePx - 4, false);
    }
    return png_bytes(rgb_image(page));
}

}  // namespace paraspinal

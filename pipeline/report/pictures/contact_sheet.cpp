// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/pictures/contact_sheet.h"

#include "io/png_image.h"
#include "pipeline/report/pictures/color.h"
#include "pipeline/report/pictures/lettering_internal.h"
#include "pipeline/report/pictures/slice_picture_internal.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <string_view>

namespace paraspinal {
namespace {

constexpr int kMostColumns = 3;
constexpr int kGapPx = 12;
constexpr int kHeaderPx = 40;
constexpr int kTextPx = 48;  // Below each picture.
constexpr int kPictureWidthPx = 480;
constexpr int kPictureHeightPx = 340;
constexpr double kMarginMm = 12;
constexpr double kOurLinePx = 2;
constexpr double kReferenceLinePx = 1.2;

// The part of the displayed slice that holds all outlines with a margin, widened to the aspect of
// the picture; may reach beyond the slice.
cv::Rect2d view_of(const cv::Mat& outlined, cv::Point2d mm_per_px) {
    const cv::Rect2d box = cv::boundingRect(outlined);
    const double center_x = (box.x + box.width / 2) * mm_per_px.x;
    const double center_y = (box.y + box.height / 2) * mm_per_px.y;
    const double aspect = 1.0 * kPictureWidthPx / kPictureHeightPx;
    const double width_mm = std::max(box.width * mm_per_px.x + 2 * kMarginMm,
                                     aspect * (box.height * mm_per_px.y + 2 * kMarginMm));
    const double height_mm = width_mm / aspect;
    return {(center_x - width_mm / 2) / mm_per_px.x,
            (center_y - height_mm / 2) / mm_per_px.y,
            width_mm / mm_per_px.x,
            height_mm / mm_per_px.y};
}

cv::Mat picture_of(const ComparedOutlines& compared) {
    const DisplayOrientation turn = radiological_display(compared.slice.plane);
    const cv::Size2d size_mm = extent_mm(compared.slice, turn);
    const cv::Mat intensity = displayed(compared.slice.intensity, CV_32F, turn);
    const cv::Mat ours = displayed(compared.ours, CV_8U, turn);
    const cv::Mat reference = displayed(compared.reference, CV_8U, turn);
    const cv::Rect2d view = view_of(
        (ours | reference) > 0, {size_mm.width / intensity.cols, size_mm.height / intensity.rows});
    cv::Mat picture = windowed(cut(intensity, view), {kPictureWidthPx, kPictureHeightPx});
    const cv::Mat our_part = cut(ours, view);
    const cv::Mat reference_part = cut(reference, view);
    for (const Structure structure : kStructures) {
        const int label = static_cast<int>(structure);
        draw_outline(picture, our_part == label, outline_color(structure), kOurLinePx);
    }
    for (const Structure structure : kStructures) {
        const int label = static_cast<int>(structure);
        draw_outline(picture, reference_part == label, Color{}, kReferenceLinePx);
    }
    return picture;
}

// Text that does not fit is cut at its end.
void write(cv::Mat& page,
           std::string text,
           cv::Point2d start,
           const TextStyle& style,
           Lettering& lettering) {
    constexpr std::string_view kCutMark = "...";
    if (lettering.width_px(text, style) > kPictureWidthPx) {
        while (!text.empty() &&
               lettering.width_px(text + std::string(kCutMark), style) > kPictureWidthPx) {
            text.pop_back();
        }
        text += kCutMark;
    }
    lettering.draw(page, text, start, style);
}

}  // namespace

std::string contact_sheet_png(const std::vector<ComparedOutlines>& slices) {
    const int count = static_cast<int>(slices.size());
    const int columns = std::min(count, kMostColumns);
    const int rows = (count + columns - 1) / columns;
    const cv::Size cell(kPictureWidthPx + kGapPx, kPictureHeightPx + kTextPx + kGapPx);
    cv::Mat page = cv::Mat::zeros(
        kHeaderPx + rows * cell.height + kGapPx, columns * cell.width + kGapPx, CV_8UC3);
    Lettering lettering;
    write(page,
          "color: paraspinal; white: reference. Worst first.",
          {kGapPx * 1.0, kHeaderPx - 14.0},
          {.size_px = 16},
          lettering);
    for (int i = 0; i < count; ++i) {
        const ComparedOutlines& compared = slices[static_cast<std::size_t>(i)];
        const cv::Point corner(kGapPx + (i % columns) * cell.width,
                               kHeaderPx + (i / columns) * cell.height);
        const cv::Mat picture = picture_of(compared);
        picture.copyTo(page(cv::Rect(corner, picture.size())));
        const double x = corner.x;
        const double y = corner.y + kPictureHeightPx;
        write(page, compared.title, {x, y + 20}, {.size_px = 16, .bold = true}, lettering);
        write(page, compared.caption, {x, y + 41}, {.size_px = 15}, lettering);
    }
    return png_bytes(rgb_image(page));
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/outcome_text.h"
#include "pipeline/report/pictures/sheet_internal.h"
#include "pipeline/tables/wrap_text.h"

#include <opencv2/imgproc.hpp>

namespace paraspinal {
namespace {

constexpr Color kRule{48, 56, 66};

}  // namespace

Sheet::Sheet(Lettering& lettering)
    : canvas_(kLongestPanelPx, kPanelWidthPx, CV_8UC3, bgr(kBackground)), lettering_(lettering) {}

void Sheet::left(std::string_view text, double x_px, const TextStyle& style) {
    lettering_.draw(canvas_, text, {x_px, y_px_}, style);
}

void Sheet::right(std::string_view text, double x_px, const TextStyle& style) {
    left(text, x_px - lettering_.width_px(text, style), style);
}

void Sheet::swatch(double x_px, const Color& color) {
    constexpr int kSide = 12;
    cv::rectangle(canvas_,
                  cv::Rect(cvRound(x_px), cvRound(y_px_) - kSide, kSide, kSide),
                  bgr(color),
                  cv::FILLED);
}

void Sheet::rule() {
    cv::rectangle(canvas_,
                  cv::Rect(kMarginPx, cvRound(y_px_), kPanelWidthPx - 2 * kMarginPx, 1),
                  bgr(kRule),
                  cv::FILLED);
}

void Sheet::paragraph(std::string_view text, double x_px, const TextStyle& style) {
    const double room_px = kPanelWidthPx - kMarginPx - x_px;
    const auto fits = [&](std::string_view part) {
        return lettering_.width_px(part, style) <= room_px;
    };
    bool is_first = true;
    for (const std::string& part : wrapped_lines(text, fits)) {
        down(is_first ? 0 : 1.4 * style.size_px);
        left(part, x_px, style);
        is_first = false;
    }
}
cv::Mat Sheet::signed_and_cut(int height_px, const std::string& software_version) {
    go_to(height_px - 48);
    left("paraspinal " + software_version, kMarginPx, kFaint);
    down(21);
    left(kResearchNotice, kMarginPx, kFaint);
    return canvas_.rowRange(0, height_px).clone();
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/pictures/overlay.h"

#include "io/png_image.h"
#include "pipeline/report/pictures/lettering_internal.h"
#include "pipeline/report/pictures/overlay_image_internal.h"
#include "pipeline/report/pictures/overlay_panel_internal.h"
#include "pipeline/report/pictures/slice_picture_internal.h"

#include <opencv2/core.hpp>

#include <algorithm>

namespace paraspinal {

namespace {

// Below each other's names, so that nobody takes one for the other.
void write_heading(cv::Mat& image, const std::string& text, Lettering& lettering) {
    lettering.draw(image, text, {16, 34}, {.size_px = 22, .bold = true, .halo = true});
}

// The measured slice, and beside it that of the other count where there is one.
cv::Mat overlay_images(const StudyReport& report, Lettering& lettering) {
    cv::Mat image = overlay_image(report, lettering);
    if (!report.alternative || !report.alternative->report) {
        return image;
    }
    cv::Mat other = overlay_image(*report.alternative->report, lettering);
    write_heading(image, report.level.level + " as counted", lettering);
    write_heading(other,
                  "if " + report.level.level + " is what is called " + report.alternative->vertebra,
                  lettering);
    constexpr int kGapPx = 12;
    cv::Mat both =
        cv::Mat::zeros(std::max(image.rows, other.rows), image.cols + kGapPx + other.cols, CV_8UC3);
    image.copyTo(both(cv::Rect({0, 0}, image.size())));
    other.copyTo(both(cv::Rect({image.cols + kGapPx, 0}, other.size())));
    return both;
}

cv::Mat overlay_page(const StudyReport& report, const std::string& software_version) {
    Lettering lettering;
    const cv::Mat image = overlay_images(report, lettering);
    const cv::Mat panel = overlay_panel(report, software_version, image.rows, lettering);
    cv::Mat page = cv::Mat::zeros(panel.rows, image.cols + panel.cols, CV_8UC3);
    image.copyTo(page(cv::Rect({0, (page.rows - image.rows) / 2}, image.size())));
    panel.copyTo(page(cv::Rect({image.cols, 0}, panel.size())));
    return page;
}

}  // namespace

std::string overlay_png(const StudyReport& report, const std::string& software_version) {
    return png_bytes(overlay_pixels(report, software_version));
}

RgbImage overlay_pixels(const StudyReport& report, const std::string& software_version) {
    return rgb_image(overlay_page(report, software_version));
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/overlay.h"

#include "io/png_image.h"
#include "pipeline/report/lettering_internal.h"
#include "pipeline/report/overlay_image_internal.h"
#include "pipeline/report/overlay_panel_internal.h"
#include "pipeline/report/slice_picture_internal.h"

#include <opencv2/core.hpp>

namespace paraspinal {

namespace {

cv::Mat overlay_page(const StudyReport& report, const std::string& software_version) {
    Lettering lettering;
    const cv::Mat image = overlay_image(report, lettering);
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

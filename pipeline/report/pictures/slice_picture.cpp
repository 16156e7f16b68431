// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/pictures/lettering_internal.h"
#include "pipeline/report/pictures/slice_picture_internal.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

namespace paraspinal {
namespace {

constexpr int kSupersampling = 3;
// Of the slice's pixels: rounds the steps of the pixel grid, still shows a part one pixel wide.
constexpr double kSmoothingPixels = 0.7;

double percentile(std::vector<float> values, double percent) {
    const auto rank = static_cast<std::ptrdiff_t>(
        std::lround(percent / 100 * static_cast<double>(values.size() - 1)));
    std::nth_element(values.begin(), values.begin() + rank, values.end());
    return values[static_cast<std::size_t>(rank)];
}

// Where the region lies on a canvas of this size, with all that smoothing and line may reach.
cv::Rect place_of(const cv::Mat& region, cv::Size canvas, double line_px) {
    const cv::Rect pixels = cv::boundingRect(region);
    if (pixels.empty()) {
        return {};
    }
    const double x_scale = static_cast<double>(canvas.width) / region.cols;
    const double y_scale = static_cast<double>(canvas.height) / region.rows;
    constexpr double kReachPixels = 2 + 4 * kSmoothingPixels;
    const int x_margin = static_cast<int>(std::ceil(kReachPixels * x_scale + 2 * line_px));
    const int y_margin = static_cast<int>(std::ceil(kReachPixels * y_scale + 2 * line_px));
    const cv::Point first(static_cast<int>(pixels.x * x_scale) - x_margin,
                          static_cast<int>(pixels.y * y_scale) - y_margin);
    const cv::Point last(static_cast<int>(pixels.br().x * x_scale) + x_margin,
                         static_cast<int>(pixels.br().y * y_scale) + y_margin);
    return cv::Rect(first, last) & cv::Rect({0, 0}, canvas);
}

// Of a side of `pixels` that is stretched to `canvas_px`: those below a part of the canvas and one
// more to both sides, and further ones up to where a pixel begins or ends with one of the canvas.
cv::Range pixels_below(cv::Range part, int pixels, int canvas_px) {
    const int step = pixels / std::gcd(pixels, canvas_px);
    const int first = part.start * pixels / canvas_px - 1;
    const int last = part.end * pixels / canvas_px + 2;
    return {std::max(first, 0) / step * step, std::min((last + step - 1) / step * step, pixels)};
}

}  // namespace

RgbImage rgb_image(const cv::Mat& page) {
    RgbImage picture({.rows = page.rows, .cols = page.cols});
    std::ranges::transform(
        cv::Mat_<cv::Vec3b>(page), picture.pixels.begin(), [](const cv::Vec3b& bgr) {
            return std::array{bgr[2], bgr[1], bgr[0]};
        });
    return picture;
}

cv::Mat turned(cv::Mat shown, const DisplayOrientation& turn) {
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

cv::Mat windowed(const cv::Mat& intensity, cv::Size size) {
    const std::vector<float> values(intensity.begin<float>(), intensity.end<float>());
    const double low = percentile(values, 1);
    const double high = std::max(percentile(values, 99), low + 1e-6);
    cv::Mat gray;
    cv::resize(intensity, gray, size, 0, 0, cv::INTER_CUBIC);
    gray.convertTo(gray, CV_8U, 255 / (high - low), -low * 255 / (high - low));
    cv::cvtColor(gray, gray, cv::COLOR_GRAY2BGR);
    return gray;
}

cv::Mat cut(const cv::Mat& image, const cv::Rect2d& view) {
    const cv::Rect wanted(view);
    const cv::Rect inside = wanted & cv::Rect({0, 0}, image.size());
    cv::Mat part = cv::Mat::zeros(wanted.size(), image.type());
    image(inside).copyTo(part(inside - wanted.tl()));
    return part;
}

void draw_outline(cv::Mat& canvas, const cv::Mat& region, const Color& color, double line_px) {
    const cv::Rect place = place_of(region, canvas.size(), line_px);
    if (place.empty()) {
        return;
    }
    const cv::Size fine = canvas.size() * kSupersampling;
    // All work is about this part: it is a tenth of the picture.
    const cv::Range cols = pixels_below({place.x, place.br().x}, region.cols, canvas.cols);
    const cv::Range rows = pixels_below({place.y, place.br().y}, region.rows, canvas.rows);
    const cv::Rect stretched(cols.start * canvas.cols / region.cols,
                             rows.start * canvas.rows / region.rows,
                             cols.size() * canvas.cols / region.cols,
                             rows.size() * canvas.rows / region.rows);
    cv::Mat around;
    cv::resize(
        region(rows, cols), around, stretched.size() * kSupersampling, 0, 0, cv::INTER_LINEAR);
    const cv::Mat part = around(cv::Rect((place.tl() - stretched.tl()) * kSupersampling,
                                         (place.br() - stretched.tl()) * kSupersampling));
    cv::Mat inside;
    cv::GaussianBlur(part,
                     inside,
                     {0, 0},
                     kSmoothingPixels * fine.width / region.cols,
                     kSmoothingPixels * fine.height / region.rows);
    cv::threshold(inside, inside, 127, 255, cv::THRESH_BINARY);
    std::vector<std::vector<cv::Point>> contours;
    cv::findContours(inside, contours, cv::RETR_CCOMP, cv::CHAIN_APPROX_NONE);
    cv::Mat line = cv::Mat::zeros(inside.size(), CV_8U);
    cv::drawContours(line, contours, -1, 255, cvRound(2 * line_px * kSupersampling));
    cv::bitwise_and(line, inside, line);
    cv::resize(line, line, place.size(), 0, 0, cv::INTER_AREA);
    cv::Mat onto = canvas(place);
    paint(onto, line, color);
}

}  // namespace paraspinal

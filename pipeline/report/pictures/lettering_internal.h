// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/report/pictures/color.h"

#include <opencv2/core.hpp>

#include <memory>
#include <string_view>

namespace paraspinal {

/// As OpenCV wants it.
inline cv::Scalar bgr(const Color& color) {
    return {color.blue * 1.0, color.green * 1.0, color.red * 1.0};
}

/// How a text looks.
struct TextStyle {
    double size_px = 16;
    bool bold = false;
    Color color;
    bool halo = false;  ///< A dark rim that keeps it legible over an image.
};

/// Sets text in Liberation Sans, which is built into the program. Not to be shared by threads.
class Lettering {
  public:
    Lettering();
    ~Lettering();
    Lettering(const Lettering&) = delete;
    Lettering& operator=(const Lettering&) = delete;
    Lettering(Lettering&&) = delete;
    Lettering& operator=(Lettering&&) = delete;

    /// Width of UTF-8 `text` in pixels.
    double width_px(std::string_view text, const TextStyle& style);

    /// Draws `text` with the left end of its baseline at `start`; what lies outside of the 8-bit
    /// color `canvas` is left out.
    void draw(cv::Mat& canvas, std::string_view text, cv::Point2d start, const TextStyle& style);

  private:
    struct Fonts;
    std::unique_ptr<Fonts> fonts_;
};

/// Mixes `color` into `canvas` where the 8-bit `coverage` of the same size says so (255: fully).
void paint(cv::Mat& canvas, const cv::Mat& coverage, const Color& color, double opacity = 1);

}  // namespace paraspinal

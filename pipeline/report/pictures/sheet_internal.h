// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/report/pictures/color.h"
#include "pipeline/report/pictures/lettering_internal.h"

#include <opencv2/core.hpp>

#include <string>
#include <string_view>

namespace paraspinal {

inline constexpr int kPanelWidthPx = 500;
inline constexpr int kMarginPx = 30;
inline constexpr int kLongestPanelPx = 6000;
inline constexpr int kFooterPx = 92;  ///< What signed_and_cut needs below the text.

inline constexpr TextStyle kBody{.size_px = 17, .color = kInk};
inline constexpr TextStyle kFaint{.size_px = 15, .color = kFaintInk};

/// A sheet that is written from top to bottom, kPanelWidthPx wide; the panel of a picture.
class Sheet {
  public:
    explicit Sheet(Lettering& lettering);

    /// Text that begins, or ends, at `x_px`, on the line where the sheet stands.
    void left(std::string_view text, double x_px, const TextStyle& style);
    void right(std::string_view text, double x_px, const TextStyle& style);
    void swatch(double x_px, const Color& color);
    void rule();
    /// Lines of at most the width from `x_px` to the margin; ends on the last one.
    void paragraph(std::string_view text, double x_px, const TextStyle& style);
    void down(double distance_px) { y_px_ += distance_px; }
    [[nodiscard]] double y_px() const { return y_px_; }
    void go_to(double y_px) { y_px_ = y_px; }
    /// The upper `height_px` of it, with program, version and the research notice at their foot.
    cv::Mat signed_and_cut(int height_px, const std::string& software_version);

  private:
    cv::Mat canvas_;
    Lettering& lettering_;
    double y_px_ = 0;
};

}  // namespace paraspinal

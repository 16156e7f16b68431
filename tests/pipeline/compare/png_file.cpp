// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/pipeline/compare/png_file.h"

#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>

namespace paraspinal::testing {

void write_png(const std::filesystem::path& file,
               ImageSize size,
               const std::function<int(PixelIndex)>& value_at) {
    cv::Mat_<std::uint16_t> image(size.rows, size.cols);
    for (int row = 0; row < size.rows; ++row) {
        for (int col = 0; col < size.cols; ++col) {
            image(row, col) = static_cast<std::uint16_t>(value_at({row, col}));
        }
    }
    cv::imwrite(file.string(), image);
}

void write_color_png(const std::filesystem::path& file, std::uint8_t blue, std::uint8_t red) {
    cv::imwrite(file.string(), cv::Mat(40, 40, CV_8UC3, cv::Scalar(blue, 90, red)));
}

}  // namespace paraspinal::testing

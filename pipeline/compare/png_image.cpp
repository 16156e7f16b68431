// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/png_image.h"

#include "core/error.h"
#include "core/text.h"

#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>

#include <algorithm>
#include <vector>

namespace paraspinal {
namespace {

// The first channel, once the others are known to say the same; a fourth is transparency.
cv::Mat gray_of(const cv::Mat& image) {
    if (image.channels() == 1) {
        return image;
    }
    std::vector<cv::Mat> channels;
    cv::split(image, channels);
    if (channels.size() < 3 || cv::norm(channels[0], channels[1], cv::NORM_INF) > 0 ||
        cv::norm(channels[0], channels[2], cv::NORM_INF) > 0) {
        throw Error(ErrorCode::unsupported_encoding,
                    "the PNG is in color; save it as a gray image");
    }
    return channels[0];
}

}  // namespace

bool has_png_name(const std::filesystem::path& file) {
    return lower_case(file.extension().string()) == ".png";
}

Image<std::uint16_t> read_png(const std::filesystem::path& file) {
    return within("file " + file.string(), [&] {
        if (!std::filesystem::exists(file)) {
            throw Error(ErrorCode::input_not_found, "it does not exist; check the path");
        }
        cv::Mat image = cv::imread(file.string(), cv::IMREAD_UNCHANGED);
        if (image.empty() || (image.depth() != CV_8U && image.depth() != CV_16U)) {
            throw Error(ErrorCode::unreadable_file, "it is no PNG of 8 or 16 bits, or damaged");
        }
        cv::Mat_<std::uint16_t> gray;
        gray_of(image).convertTo(gray, CV_16U);
        Image<std::uint16_t> read({.rows = gray.rows, .cols = gray.cols});
        std::ranges::copy(gray, read.pixels.begin());
        return read;
    });
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/pipeline/report/decoded_picture.h"

#include <png.h>

namespace paraspinal::testing {

cv::Mat decoded(const std::string& bytes) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0) {
        return {};
    }
    image.format = PNG_FORMAT_BGR;
    cv::Mat picture(static_cast<int>(image.height), static_cast<int>(image.width), CV_8UC3);
    if (png_image_finish_read(&image, nullptr, picture.data, 0, nullptr) == 0) {
        return {};
    }
    return picture;
}

}  // namespace paraspinal::testing

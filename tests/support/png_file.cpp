// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/png_file.h"

#include <png.h>
#include <stdexcept>
#include <vector>

namespace paraspinal::testing {
namespace {

void write(const std::filesystem::path& file,
           ImageSize size,
           png_uint_32 format,
           const void* pixels) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(size.cols);
    image.height = static_cast<png_uint_32>(size.rows);
    image.format = format;
    if (png_image_write_to_file(&image, file.c_str(), 0, pixels, 0, nullptr) == 0) {
        throw std::runtime_error(file.string() + ": " + static_cast<const char*>(image.message));
    }
}

}  // namespace

void write_png(const std::filesystem::path& file,
               ImageSize size,
               const std::function<int(PixelIndex)>& value_at) {
    Image<std::uint16_t> image(size);
    for (int row = 0; row < size.rows; ++row) {
        for (int col = 0; col < size.cols; ++col) {
            image[{row, col}] = static_cast<std::uint16_t>(value_at({row, col}));
        }
    }
    write(file, size, PNG_FORMAT_LINEAR_Y, image.pixels.data());
}

void write_color_png(const std::filesystem::path& file, std::uint8_t blue, std::uint8_t red) {
    const RgbImage image({.rows = 40, .cols = 40}, {red, 90, blue});
    write(file, image.size(), PNG_FORMAT_RGB, image.pixels.data());
}

}  // namespace paraspinal::testing

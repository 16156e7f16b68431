// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/png_image.h"

#include "core/error.h"
#include "core/text.h"
#include "io/read_slice.h"

#include <cstddef>
#include <cstdio>
#include <libdeflate.h>
#include <memory>
#include <png.h>
#include <string_view>
#include <vector>

namespace paraspinal {
namespace {

// What libpng says is for programmers; whoever calls it finds out by setjmp that it gave up.
[[noreturn]] void give_up(png_structp png, png_const_charp /*message*/) {
    png_longjmp(png, 1);
}

void keep_quiet(png_structp /*png*/, png_const_charp /*message*/) {}

// Both states of libpng, freed together.
struct Reader {
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, &give_up, &keep_quiet);
    png_infop info = png_create_info_struct(png);
    Reader() = default;
    ~Reader() { png_destroy_read_struct(&png, &info, nullptr); }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    Reader(Reader&&) = delete;
    Reader& operator=(Reader&&) = delete;
};

// The two functions with setjmp are left by longjmp when libpng gives up (false), which no
// destructor survives: they have no object that needs one. NOLINTBEGIN(cert-err52-cpp): libpng
// knows no other way.
bool read_header(const Reader& reader, std::FILE* stream) {
    if (setjmp(png_jmpbuf(reader.png)) != 0) {
        return false;
    }
    png_init_io(reader.png, stream);
    png_set_user_limits(reader.png, kMaxSidePixels, kMaxSidePixels);
    png_read_info(reader.png, reader.info);
    png_set_palette_to_rgb(reader.png);
    png_set_expand_gray_1_2_4_to_8(reader.png);
    png_set_strip_alpha(reader.png);
    png_set_interlace_handling(reader.png);
    png_read_update_info(reader.png, reader.info);
    return true;
}

bool read_rows(const Reader& reader, png_bytepp rows) {
    if (setjmp(png_jmpbuf(reader.png)) != 0) {
        return false;
    }
    png_read_image(reader.png, rows);
    png_read_end(reader.png, nullptr);
    return true;
}
// NOLINTEND(cert-err52-cpp)

// Where each of `count` rows of `row_bytes` begins.
std::vector<png_bytep> row_starts(png_bytep first, std::size_t row_bytes, int count) {
    std::vector<png_bytep> rows;
    for (int row = 0; row < count; ++row) {
        rows.push_back(first + static_cast<std::size_t>(row) * row_bytes);
    }
    return rows;
}

// The samples of one row, which are stored in network byte order.
std::vector<std::uint16_t> samples_of(png_const_bytep row, std::size_t count, bool has_16_bits) {
    std::vector<std::uint16_t> samples(count);
    for (std::size_t i = 0; i < count; ++i) {
        samples[i] = has_16_bits ? static_cast<std::uint16_t>(row[2 * i] << 8 | row[2 * i + 1])
                                 : std::uint16_t{row[i]};
    }
    return samples;
}

Image<std::uint16_t> read_pixels(const Reader& reader) {
    Image<std::uint16_t> image(
        {.rows = static_cast<int>(png_get_image_height(reader.png, reader.info)),
         .cols = static_cast<int>(png_get_image_width(reader.png, reader.info))});
    const std::size_t row_bytes = png_get_rowbytes(reader.png, reader.info);
    std::vector<png_byte> bytes(static_cast<std::size_t>(image.rows) * row_bytes);
    std::vector<png_bytep> rows = row_starts(bytes.data(), row_bytes, image.rows);
    if (!read_rows(reader, rows.data())) {
        throw Error(ErrorCode::unreadable_file, "the PNG is damaged or cut off");
    }
    const bool has_16_bits = png_get_bit_depth(reader.png, reader.info) == 16;
    const auto cols = static_cast<std::size_t>(image.cols);
    const std::size_t channels = png_get_channels(reader.png, reader.info);  // 1 or 3 are left.
    auto pixel = image.pixels.begin();
    for (const png_bytep row : rows) {
        const std::vector<std::uint16_t> samples = samples_of(row, cols * channels, has_16_bits);
        for (std::size_t i = 0; i < samples.size(); i += channels) {
            if (samples[i] != samples[i + channels - 1] ||
                samples[i] != samples[i + channels / 2]) {
                throw Error(ErrorCode::unsupported_encoding,
                            "the PNG is in color; save it as a gray image");
            }
            *pixel++ = samples[i];
        }
    }
    return image;
}

// In network byte order.
std::string number_bytes(std::size_t number) {
    std::string bytes;
    for (const unsigned shift : {24U, 16U, 8U, 0U}) {
        bytes += static_cast<char>(number >> shift & 0xFFU);
    }
    return bytes;
}

std::string chunk(std::string_view type, std::string_view data) {
    const std::string checked = std::string(type).append(data);
    return number_bytes(data.size()) + checked +
           number_bytes(libdeflate_crc32(0, checked.data(), checked.size()));
}

// Each row as its difference from the one above, which suits enlarged images.
std::string filtered_rows(const RgbImage& picture) {
    constexpr char kUp = 2;
    const std::size_t row_bytes = 3 * static_cast<std::size_t>(picture.cols);
    const auto rows = static_cast<std::size_t>(picture.rows);
    const auto* const pixels = reinterpret_cast<const unsigned char*>(picture.pixels.data());
    std::string filtered(rows * (row_bytes + 1), kUp);
    for (std::size_t row = 0; row < rows; ++row) {
        const unsigned char* const here = pixels + row * row_bytes;
        char* const to = filtered.data() + row * (row_bytes + 1) + 1;
        for (std::size_t i = 0; i < row_bytes; ++i) {
            const int above = row == 0 ? 0 : *(here + i - row_bytes);
            to[i] = static_cast<char>(here[i] - above);
        }
    }
    return filtered;
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
        const std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream(std::fopen(file.c_str(), "rb"),
                                                                     &std::fclose);
        const Reader reader;
        if (!stream || reader.info == nullptr || !read_header(reader, stream.get())) {
            throw Error(ErrorCode::unreadable_file,
                        "it is no PNG, cannot be opened, or has a side of more than " +
                            std::to_string(kMaxSidePixels) + " pixels");
        }
        return read_pixels(reader);
    });
}

std::string png_bytes(const RgbImage& picture) {
    constexpr int kFastest = 1;
    constexpr std::string_view kSignature = "\x89PNG\r\n\x1a\n";
    // 8 bits of color each, deflate, adaptive filters, not interlaced.
    const std::string header = number_bytes(static_cast<std::size_t>(picture.cols)) +
                               number_bytes(static_cast<std::size_t>(picture.rows)) +
                               std::string("\x08\x02\0\0\0", 5);
    const std::string rows = filtered_rows(picture);
    const std::unique_ptr<libdeflate_compressor, decltype(&libdeflate_free_compressor)> compressor(
        libdeflate_alloc_compressor(kFastest), &libdeflate_free_compressor);
    if (!compressor) {
        throw Error(ErrorCode::internal, "a picture cannot be compressed; is memory short?");
    }
    std::string data(libdeflate_zlib_compress_bound(compressor.get(), rows.size()), '\0');
    data.resize(libdeflate_zlib_compress(
        compressor.get(), rows.data(), rows.size(), data.data(), data.size()));
    return std::string(kSignature) + chunk("IHDR", header) + chunk("IDAT", data) +
           chunk("IEND", "");
}

}  // namespace paraspinal

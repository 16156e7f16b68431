// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/png_image.h"

#include "core/error.h"
#include "core/text.h"
#include "io/read_slice.h"

#include <cstddef>
#include <cstdio>
#include <memory>
#include <new>
#include <png.h>
#include <vector>
#include <zlib.h>

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

struct Writer {
    png_structp png =
        png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, &give_up, &keep_quiet);
    png_infop info = png_create_info_struct(png);
    Writer() = default;
    ~Writer() { png_destroy_write_struct(&png, &info); }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;
    Writer(Writer&&) = delete;
    Writer& operator=(Writer&&) = delete;
};

// The three functions with setjmp are left by longjmp when libpng gives up (false), which no
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

bool write_all(const Writer& writer, ImageSize size, png_bytepp rows) {
    if (setjmp(png_jmpbuf(writer.png)) != 0) {
        return false;
    }
    // As OpenCV's encoder has them: fast, and made for drawn pages.
    png_set_filter(writer.png, PNG_FILTER_TYPE_BASE, PNG_FILTER_SUB);
    png_set_compression_level(writer.png, Z_BEST_SPEED);
    png_set_compression_strategy(writer.png, Z_RLE);
    png_set_IHDR(writer.png,
                 writer.info,
                 static_cast<png_uint_32>(size.cols),
                 static_cast<png_uint_32>(size.rows),
                 8,
                 PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_write_info(writer.png, writer.info);
    png_write_image(writer.png, rows);
    png_write_end(writer.png, writer.info);
    return true;
}
// NOLINTEND(cert-err52-cpp)

void append(png_structp png, png_bytep bytes, std::size_t count) {
    bool is_kept = true;
    try {
        static_cast<std::string*>(png_get_io_ptr(png))
            ->append(reinterpret_cast<const char*>(bytes), count);
    } catch (const std::bad_alloc&) {
        is_kept = false;
    }
    if (!is_kept) {  // Not while an exception is being handled.
        png_error(png, "out of memory");
    }
}

void flush_nothing(png_structp /*png*/) {}

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
    std::vector<png_byte> bytes;
    bytes.reserve(3 * picture.pixels.size());
    for (const auto& pixel : picture.pixels) {
        bytes.insert(bytes.end(), pixel.begin(), pixel.end());
    }
    std::vector<png_bytep> rows =
        row_starts(bytes.data(), 3 * static_cast<std::size_t>(picture.cols), picture.rows);
    std::string file;
    const Writer writer;
    if (writer.info != nullptr) {
        png_set_write_fn(writer.png, &file, &append, &flush_nothing);
    }
    if (writer.info == nullptr || !write_all(writer, picture.size(), rows.data())) {
        throw Error(ErrorCode::internal, "a picture cannot be written as PNG; is memory short?");
    }
    return file;
}

}  // namespace paraspinal

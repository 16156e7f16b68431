// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/nifti/write_volume.h"

#include "io/output_file.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <string>
#include <zlib.h>

namespace paraspinal {
namespace {

static_assert(std::endian::native == std::endian::little, "the header is written as it lies here");

// The header of NIfTI-1 (https://nifti.nimh.nih.gov/nifti-1) as far as it is not zero. Written by
// hand because libraries put their own name and version into it, which would change the bytes.
class Header {
  public:
    template <class Value>
    void put(std::size_t offset, Value value) {
        std::memcpy(&bytes_.at(offset), &value, sizeof(value));
    }
    void put_row(std::size_t offset, const std::array<double, 4>& row) {
        for (std::size_t column = 0; column < row.size(); ++column) {
            put(offset + 4 * column, static_cast<float>(row.at(column)));
        }
    }
    [[nodiscard]] const std::string& bytes() const { return bytes_; }

  private:
    // 348 bytes of header and 4 that say that no extension follows.
    std::string bytes_ = std::string(352, '\0');
};

// NIfTI's patient coordinates are RAS, ours are LPS.
Vec3 ras(const Vec3& lps) {
    return {-lps.x, -lps.y, lps.z};
}

struct Quaternion {
    double b = 0;
    double c = 0;
    double d = 0;
};

// Unit quaternion a + bi + cj + dk, a >= 0, of the rotation whose columns are x, y, z. Each part's
// size follows from the diagonal, the signs from the rest; half turns (a = 0) take the signs from
// the largest part.
Quaternion quaternion_of(const Vec3& x, const Vec3& y, const Vec3& z) {
    const auto half_root = [](double square) { return std::sqrt(std::max(square, 0.0)) / 2; };
    const double a = half_root(1 + x.x + y.y + z.z);
    Quaternion q{.b = half_root(1 + x.x - y.y - z.z),
                 .c = half_root(1 - x.x + y.y - z.z),
                 .d = half_root(1 - x.x - y.y + z.z)};
    constexpr double kHalfTurn = 1e-6;
    if (a > kHalfTurn) {
        q.b = std::copysign(q.b, y.z - z.y);
        q.c = std::copysign(q.c, z.x - x.z);
        q.d = std::copysign(q.d, x.y - y.x);
    } else if (q.b >= q.c && q.b >= q.d) {
        q.c = std::copysign(q.c, x.y + y.x);
        q.d = std::copysign(q.d, z.x + x.z);
    } else if (q.c >= q.d) {
        q.b = std::copysign(q.b, x.y + y.x);
        q.d = std::copysign(q.d, y.z + z.y);
    } else {
        q.b = std::copysign(q.b, z.x + x.z);
        q.c = std::copysign(q.c, y.z + z.y);
    }
    return q;
}

void put_geometry(Header& header, const NiftiGeometry& geometry) {
    const Vec3 x = ras(geometry.plane.along_columns);
    const Vec3 y = ras(geometry.plane.along_rows);
    const Vec3 z = cross(x, y);
    const Vec3 origin = ras(geometry.plane.origin_mm);
    const PixelSpacing& spacing = geometry.spacing;
    const double thickness_mm = geometry.slice_thickness_mm;
    // pixdim[0] = 1: the third axis is not mirrored.
    header.put_row(76, {1, spacing.col_mm, spacing.row_mm, thickness_mm});

    constexpr std::int16_t kScannerCoordinates = 1;
    header.put(252, kScannerCoordinates);
    header.put(254, kScannerCoordinates);
    const Quaternion q = quaternion_of(x, y, z);
    header.put_row(256, {q.b, q.c, q.d, origin.x});
    header.put(272, static_cast<float>(origin.y));
    header.put(276, static_cast<float>(origin.z));
    const Vec3 step_x = spacing.col_mm * x;
    const Vec3 step_y = spacing.row_mm * y;
    const Vec3 step_z = thickness_mm * z;
    header.put_row(280, {step_x.x, step_y.x, step_z.x, origin.x});
    header.put_row(296, {step_x.y, step_y.y, step_z.y, origin.y});
    header.put_row(312, {step_x.z, step_y.z, step_z.z, origin.z});
}

// How NIfTI-1 names what a volume holds and how each voxel is stored.
struct Encoding {
    std::int16_t intent = 0;
    std::int16_t data_type = 0;
    std::int16_t bits = 0;
};

constexpr Encoding kLabels{.intent = 1002, .data_type = 2, .bits = 8};
constexpr Encoding kSigned16Bit{.intent = 0, .data_type = 4, .bits = 16};
constexpr Encoding kFloat32Bit{.intent = 0, .data_type = 16, .bits = 32};

std::string header_of(ImageSize size, const NiftiGeometry& geometry, const Encoding& encoding) {
    Header header;
    header.put(0, std::int32_t{348});
    const std::array<std::int16_t, 8> dimensions{3,
                                                 static_cast<std::int16_t>(size.cols),
                                                 static_cast<std::int16_t>(size.rows),
                                                 1,
                                                 1,
                                                 1,
                                                 1,
                                                 1};
    header.put(40, dimensions);
    header.put(68, encoding.intent);
    header.put(70, encoding.data_type);
    header.put(72, encoding.bits);
    put_geometry(header, geometry);
    header.put(108, 352.0F);  // Where the voxels start.
    header.put(112, 1.0F);    // Their scale.
    constexpr char kMillimeters = 2;
    header.put(123, kMillimeters);
    header.put(344, std::array<char, 4>{'n', '+', '1', '\0'});
    return header.bytes();
}

// zlib's gzip format carries neither name nor time unless told to.
std::string gzipped(std::string content) {
    constexpr int kGzipFormat = 16;
    constexpr int kMemoryLevel = 8;
    z_stream stream{};
    if (deflateInit2(&stream,
                     Z_BEST_COMPRESSION,
                     Z_DEFLATED,
                     MAX_WBITS + kGzipFormat,
                     kMemoryLevel,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
        throw std::runtime_error("zlib cannot start");
    }
    std::string packed(deflateBound(&stream, static_cast<uLong>(content.size())), '\0');
    // NOLINTBEGIN(cppcoreguidelines-pro-type-reinterpret-cast): zlib's bytes are unsigned.
    stream.next_in = reinterpret_cast<Bytef*>(content.data());
    stream.avail_in = static_cast<uInt>(content.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    // NOLINTEND(cppcoreguidelines-pro-type-reinterpret-cast)
    stream.avail_out = static_cast<uInt>(packed.size());
    const int status = deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    if (status != Z_STREAM_END) {
        throw std::runtime_error("zlib cannot finish");
    }
    return packed;
}

// Each pixel of `image` as a `Stored`.
template <class Stored, class Pixel>
void write_nifti(const std::filesystem::path& file,
                 const Image<Pixel>& image,
                 const NiftiGeometry& geometry,
                 const Encoding& encoding) {
    std::string content = header_of(image.size(), geometry, encoding);
    for (const Pixel pixel : image.pixels) {
        const auto stored = static_cast<Stored>(pixel);
        std::array<char, sizeof(Stored)> bytes{};
        std::memcpy(bytes.data(), &stored, sizeof(Stored));
        content.append(bytes.data(), bytes.size());
    }
    write_file(file, gzipped(std::move(content)));
}

bool fits_16_bits(const Image<float>& intensity) {
    using Limits = std::numeric_limits<std::int16_t>;
    return std::ranges::all_of(intensity.pixels, [](float value) {
        return value == std::floor(value) && value >= Limits::min() && value <= Limits::max();
    });
}

}  // namespace

void write_nifti_labels(const std::filesystem::path& file,
                        const LabelMap& labels,
                        const NiftiGeometry& geometry) {
    write_nifti<std::uint8_t>(file, labels, geometry, kLabels);
}

void write_nifti_image(const std::filesystem::path& file,
                       const Image<float>& intensity,
                       const NiftiGeometry& geometry) {
    if (fits_16_bits(intensity)) {
        write_nifti<std::int16_t>(file, intensity, geometry, kSigned16Bit);
    } else {
        write_nifti<float>(file, intensity, geometry, kFloat32Bit);
    }
}

void write_nifti_mask(const std::filesystem::path& file,
                      const Mask& mask,
                      const NiftiGeometry& geometry) {
    write_nifti<std::uint8_t>(file, mask, geometry, kLabels);
}

}  // namespace paraspinal

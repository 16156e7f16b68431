// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/nifti/check_header.h"

#include "core/error.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <zlib.h>

namespace paraspinal {
namespace {

constexpr std::size_t kHeader1Bytes = 348;
constexpr std::size_t kHeader2Bytes = 540;

// Where the fields stand, and how wide they are.
struct Layout {
    std::size_t dimensions = 0;
    std::size_t dimension_bytes = 0;
    std::size_t bits_per_voxel = 0;
    std::size_t real_bytes = 0;
    std::size_t first_size = 0;   // pixdim: the sign of an axis and three sizes.
    std::size_t first_place = 0;  // quatern_b to srow_z, 18 numbers.
};
constexpr Layout kLayout1{.dimensions = 40,
                          .dimension_bytes = 2,
                          .bits_per_voxel = 72,
                          .real_bytes = 4,
                          .first_size = 76,
                          .first_place = 256};
constexpr Layout kLayout2{.dimensions = 16,
                          .dimension_bytes = 8,
                          .bits_per_voxel = 14,
                          .real_bytes = 8,
                          .first_size = 104,
                          .first_place = 352};

[[noreturn]] void refuse(const std::string& why) {
    throw Error(ErrorCode::malformed_file, "its NIfTI header " + why);
}

class Header {
  public:
    explicit Header(const std::filesystem::path& file) {
        const std::unique_ptr<gzFile_s, int (*)(gzFile)> stream(gzopen(file.c_str(), "rb"),
                                                                &gzclose);
        const int got =
            stream ? gzread(stream.get(), bytes_.data(), static_cast<unsigned>(bytes_.size())) : 0;
        const auto stated = static_cast<std::size_t>(whole<std::int32_t>(0));
        is_swapped_ = stated != kHeader1Bytes && stated != kHeader2Bytes;
        const auto size = static_cast<std::size_t>(whole<std::int32_t>(0));
        if ((size != kHeader1Bytes && size != kHeader2Bytes) || got < static_cast<int>(size)) {
            throw Error(ErrorCode::malformed_file, "not a NIfTI-1 file, in spite of its name");
        }
        layout_ = size == kHeader1Bytes ? kLayout1 : kLayout2;
    }

    [[nodiscard]] const Layout& layout() const { return layout_; }

    [[nodiscard]] std::int64_t dimension(std::size_t index) const {
        const std::size_t place = layout_.dimensions + index * layout_.dimension_bytes;
        return layout_.dimension_bytes == 2 ? whole<std::int16_t>(place)
                                            : whole<std::int64_t>(place);
    }
    [[nodiscard]] std::int64_t bits_per_voxel() const {
        return whole<std::int16_t>(layout_.bits_per_voxel);
    }
    [[nodiscard]] double real(std::size_t place) const {
        return layout_.real_bytes == 4 ? static_cast<double>(whole<float>(place))
                                       : whole<double>(place);
    }

  private:
    template <class Number>
    [[nodiscard]] Number whole(std::size_t place) const {
        std::array<unsigned char, sizeof(Number)> raw{};
        std::copy_n(&bytes_.at(place), raw.size(), raw.begin());
        if (is_swapped_) {
            std::ranges::reverse(raw);
        }
        Number number{};
        std::memcpy(&number, raw.data(), raw.size());
        return number;
    }

    std::array<unsigned char, kHeader2Bytes> bytes_{};
    bool is_swapped_ = false;
    Layout layout_;
};

// In mm, or a part of a rotation. A patient is 2,000 mm long, and a table not much longer.
constexpr double kMostSize = 1e6;

void require_real(const Header& header, std::size_t first, std::size_t count, const char* what) {
    for (std::size_t i = 0; i < count; ++i) {
        const double value = header.real(first + i * header.layout().real_bytes);
        if (!std::isfinite(value) || std::abs(value) > kMostSize) {
            refuse(std::string("has a ") + what + " that is no number, or beyond any patient");
        }
    }
}

}  // namespace

void check_nifti_header(const std::filesystem::path& file) {
    constexpr std::int64_t kMostDimensions = 7;
    constexpr std::int64_t kBitsPerByte = 8;
    const Header header(file);
    const std::int64_t dimensions = header.dimension(0);
    if (dimensions < 1 || dimensions > kMostDimensions) {
        refuse("states a senseless number of dimensions");
    }
    std::int64_t bits = std::max<std::int64_t>(header.bits_per_voxel(), 1);
    for (std::int64_t i = 1; i <= dimensions; ++i) {
        const std::int64_t length = header.dimension(static_cast<std::size_t>(i));
        if (length < 1) {
            refuse("states a senseless size");
        }
        if (length > kMostNiftiBytes * kBitsPerByte / bits) {
            throw Error(ErrorCode::image_too_large,
                        "the volume takes more than " + std::to_string(kMostNiftiBytes >> 20) +
                            " MB; cut it to the spine");
        }
        bits *= length;
    }
    require_real(header, header.layout().first_size, 4, "voxel size");
    require_real(header, header.layout().first_place, 18, "position");
}

}  // namespace paraspinal

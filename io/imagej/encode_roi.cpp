// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/imagej/encode_roi.h"

#include "io/imagej/layout.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace paraspinal {
namespace {

using namespace imagej;  // NOLINT(google-build-using-namespace): the constants of this one format.

class Bytes {
  public:
    explicit Bytes(std::size_t size) : bytes_(size, '\0') {}

    void put8(std::size_t offset, std::uint32_t value) {
        bytes_.at(offset) = static_cast<char>(value & 0xFFU);
    }
    // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): a place and what goes there.
    void put16(std::size_t offset, double value) {
        const auto whole = static_cast<std::uint32_t>(static_cast<std::int32_t>(value));
        put8(offset, whole >> 8U);
        put8(offset + 1, whole);
    }
    void put32(std::size_t offset, std::uint32_t value) {
        for (unsigned int i = 0; i < 4; ++i) {
            put8(offset + i, value >> (24U - 8U * i));
        }
    }
    void append_real(double value) {
        bytes_.resize(bytes_.size() + 4);
        put32(bytes_.size() - 4, std::bit_cast<std::uint32_t>(static_cast<float>(value)));
    }
    void append_text(std::string_view ascii) {
        for (const char character : ascii) {
            bytes_ += '\0';
            bytes_ += character;
        }
    }
    [[nodiscard]] std::size_t size() const { return bytes_.size(); }
    void resize(std::size_t size) { bytes_.resize(size); }
    [[nodiscard]] const std::string& bytes() const { return bytes_; }

  private:
    std::string bytes_;
};

std::uint32_t narrow(std::size_t count) {
    return static_cast<std::uint32_t>(count);
}

struct Box {
    double left = std::numeric_limits<double>::max();
    double top = std::numeric_limits<double>::max();
    double right = std::numeric_limits<double>::lowest();
    double bottom = std::numeric_limits<double>::lowest();
};

Box box_of(const std::vector<RoiPath>& paths) {
    Box box;
    for (const RoiPath& path : paths) {
        for (const RoiPoint& point : path) {
            box = {.left = std::min(box.left, std::floor(point.x)),
                   .top = std::min(box.top, std::floor(point.y)),
                   .right = std::max(box.right, std::ceil(point.x)),
                   .bottom = std::max(box.bottom, std::ceil(point.y))};
        }
    }
    return box;
}

void put_start(Bytes& bytes, Type type, const Box& box) {
    bytes.put32(0, 0x496F7574);  // "Iout"
    bytes.put16(kVersion, kWrittenVersion);
    bytes.put8(kType, static_cast<std::uint32_t>(type));
    bytes.put16(kTop, box.top);
    bytes.put16(kLeft, box.left);
    bytes.put16(kBottom, box.bottom);
    bytes.put16(kRight, box.right);
}

bool has_whole_coordinates(const RoiPath& path) {
    return std::ranges::all_of(path, [](const RoiPoint& point) {
        return point.x == std::floor(point.x) && point.y == std::floor(point.y);
    });
}

void put_traced(Bytes& bytes, const RoiPath& path) {
    const Box box = box_of({path});
    put_start(bytes, Type::traced, box);
    if (path.size() > std::numeric_limits<std::uint16_t>::max()) {
        bytes.put32(kLargePointCount, narrow(path.size()));
    } else {
        bytes.put16(kPointCount, static_cast<double>(path.size()));
    }
    bytes.resize(kCoordinates + 4 * path.size());
    for (std::size_t i = 0; i < path.size(); ++i) {
        bytes.put16(kCoordinates + 2 * i, path[i].x - box.left);
        bytes.put16(kCoordinates + 2 * (path.size() + i), path[i].y - box.top);
    }
}

void put_composite(Bytes& bytes, const std::vector<RoiPath>& paths) {
    put_start(bytes, Type::rectangle, box_of(paths));
    for (const RoiPath& path : paths) {
        Segment segment = Segment::move;
        for (const RoiPoint& point : path) {
            bytes.append_real(static_cast<double>(segment));
            bytes.append_real(point.x);
            bytes.append_real(point.y);
            segment = Segment::line;
        }
        bytes.append_real(static_cast<double>(Segment::close));
    }
    bytes.put32(kShapeSize, narrow((bytes.size() - kCoordinates) / 4));
}

void put_shape(Bytes& bytes, const ImageJRoi& roi) {
    if (const auto* const oval = std::get_if<RoiOval>(&roi.shape)) {
        const double left = oval->left;
        const double top = oval->top;
        put_start(bytes, Type::oval, {left, top, left + oval->width, top + oval->height});
        return;
    }
    const auto& paths = std::get<std::vector<RoiPath>>(roi.shape);
    if (paths.size() == 1 && has_whole_coordinates(paths.front())) {
        put_traced(bytes, paths.front());
    } else {
        put_composite(bytes, paths);
    }
}

void put_second_header(Bytes& bytes, const ImageJRoi& roi) {
    const std::size_t start = bytes.size();
    bytes.resize(start + kSecondHeaderSize);
    bytes.put32(kSecondHeader, narrow(start));
    bytes.put32(kPosition, static_cast<std::uint32_t>(roi.stack_position));
    bytes.put32(start + kStackPosition, static_cast<std::uint32_t>(roi.stack_position));
    bytes.put32(start + kNameOffset, narrow(bytes.size()));
    bytes.put32(start + kNameLength, narrow(roi.name.size()));
    bytes.append_text(roi.name);
    if (!roi.slice_uid.empty()) {
        const std::string properties = std::string(kSliceProperty) + ": " + roi.slice_uid + "\n";
        bytes.put32(start + kPropertiesOffset, narrow(bytes.size()));
        bytes.put32(start + kPropertiesLength, narrow(properties.size()));
        bytes.append_text(properties);
    }
}

}  // namespace

std::string encode_imagej_roi(const ImageJRoi& roi) {
    Bytes bytes(kCoordinates);
    put_shape(bytes, roi);
    put_second_header(bytes, roi);
    return bytes.bytes();
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/imagej/decode_roi.h"

#include "core/error.h"
#include "core/text.h"
#include "io/imagej/bezier.h"
#include "io/imagej/bytes.h"
#include "io/imagej/layout.h"

#include <algorithm>
#include <cmath>

namespace paraspinal {
namespace {

using namespace imagej;  // NOLINT(google-build-using-namespace): the constants of this one format.

// A curve of few bytes can become a thousand lines.
constexpr std::size_t kMaxPoints = 1'000'000;

[[noreturn]] void refuse_kind(const std::string& what) {
    throw Error(ErrorCode::unsupported_encoding,
                what +
                    " cannot be read as an outline; in ImageJ, make a traced one of it with "
                    "Edit > Selection > Create Mask and Create Selection");
}

// Properties are lines of "key: value".
std::string property(const std::string& properties, std::string_view key) {
    for (std::size_t start = 0; start < properties.size();) {
        const std::size_t end = std::min(properties.find('\n', start), properties.size());
        const std::string_view line = std::string_view(properties).substr(start, end - start);
        const std::size_t colon = line.find_first_of(":=");
        if (colon != std::string_view::npos && trimmed(line.substr(0, colon)) == key) {
            return std::string(trimmed(line.substr(colon + 1)));
        }
        start = end + 1;
    }
    return {};
}

void decode_second_header(const RoiBytes& bytes, ImageJRoi& roi) {
    roi.stack_position = bytes.i32(kPosition);
    const int offset = bytes.i32(kSecondHeader);
    if (offset <= 0) {
        return;  // Files before ImageJ 1.45 have none.
    }
    const auto start = static_cast<std::size_t>(offset);
    const int stack_position = bytes.i32(start + kStackPosition);
    if (stack_position > 0) {
        roi.stack_position = stack_position;
    }
    roi.name = bytes.text(
        {.offset = bytes.i32(start + kNameOffset), .length = bytes.i32(start + kNameLength)});
    const int version = bytes.i16(kVersion);
    constexpr int kFirstWithProperties = 224;
    if (version >= kFirstWithProperties) {
        roi.slice_uid = property(bytes.text({.offset = bytes.i32(start + kPropertiesOffset),
                                             .length = bytes.i32(start + kPropertiesLength)}),
                                 kSliceProperty);
    }
}

RoiOval bounds_of(const RoiBytes& bytes, bool is_sub_pixel) {
    constexpr double kLargest = 32767;
    if (!is_sub_pixel) {
        const int left = bytes.i16(kLeft);
        const int top = bytes.i16(kTop);
        return {.left = left,
                .top = top,
                .width = bytes.i16(kRight) - left,
                .height = bytes.i16(kBottom) - top};
    }
    // ImageJ counts the pixels of the whole-numbered box that it derives in this way.
    for (const std::size_t offset : {kBoundsX, kBoundsY, kBoundsWidth, kBoundsHeight}) {
        if (std::abs(bytes.real(offset)) > kLargest) {
            refuse_damaged_roi("its bounds are beyond any image");
        }
    }
    return {.left = static_cast<int>(bytes.real(kBoundsX)),
            .top = static_cast<int>(bytes.real(kBoundsY)),
            .width = static_cast<int>(std::ceil(bytes.real(kBoundsWidth))),
            .height = static_cast<int>(std::ceil(bytes.real(kBoundsHeight)))};
}

RoiPath box(const RoiOval& bounds) {
    const double left = bounds.left;
    const double top = bounds.top;
    const double right = left + bounds.width;
    const double bottom = top + bounds.height;
    return {{left, top}, {right, top}, {right, bottom}, {left, bottom}};
}

RoiPath decode_polygon(const RoiBytes& bytes, bool is_sub_pixel) {
    const int stated = bytes.u16(kPointCount);
    const std::size_t count = bytes.checked_count(
        stated > 0 ? stated : bytes.i32(kLargePointCount), is_sub_pixel ? 12 : 4, kCoordinates);
    RoiPath path(count);
    for (std::size_t i = 0; i < count; ++i) {
        if (is_sub_pixel) {  // After the whole coordinates come the exact ones, from the image's
                             // corner.
            const std::size_t start = kCoordinates + 4 * count;
            path[i] = {bytes.real(start + 4 * i), bytes.real(start + 4 * (count + i))};
        } else {
            path[i] = {
                static_cast<double>(bytes.i16(kLeft)) + bytes.u16(kCoordinates + 2 * i),
                static_cast<double>(bytes.i16(kTop)) + bytes.u16(kCoordinates + 2 * (count + i))};
        }
    }
    return path;
}

// The numbers of a composite, one after the other.
class PathNumbers {
  public:
    explicit PathNumbers(const RoiBytes& bytes)
        : bytes_(bytes),
          end_(kCoordinates + 4 * bytes.checked_count(bytes.i32(kShapeSize), 4, kCoordinates)) {}

    [[nodiscard]] bool is_at_end() const { return offset_ >= end_; }
    double next() {
        if (is_at_end()) {
            refuse_damaged_roi("its path ends too early");
        }
        offset_ += 4;
        return bytes_.real(offset_ - 4);
    }
    Segment next_segment() {
        const double type = next();
        if (type != std::floor(type) || type < 0 || type > static_cast<double>(Segment::close)) {
            refuse_damaged_roi("its path has an unknown segment");
        }
        return static_cast<Segment>(static_cast<int>(type));
    }
    RoiPoint next_point() {
        const double x = next();
        return {x, next()};
    }

  private:
    const RoiBytes& bytes_;
    std::size_t end_;
    std::size_t offset_ = kCoordinates;
};

void append_segment(RoiPath& path, Segment segment, PathNumbers& numbers) {
    if (segment == Segment::line) {
        path.push_back(numbers.next_point());
    } else if (segment == Segment::quadratic) {
        const RoiPoint control = numbers.next_point();
        append_quadratic(path, {path.back(), control, numbers.next_point()});
    } else if (segment == Segment::cubic) {
        const RoiPoint first = numbers.next_point();
        const RoiPoint second = numbers.next_point();
        append_cubic(path, {path.back(), first, second, numbers.next_point()});
    }
}

std::vector<RoiPath> decode_composite(const RoiBytes& bytes) {
    PathNumbers numbers(bytes);
    std::vector<RoiPath> paths;
    std::size_t points = 0;
    bool is_open = false;
    while (!numbers.is_at_end()) {
        const Segment segment = numbers.next_segment();
        if (segment == Segment::move) {
            paths.push_back({numbers.next_point()});
        } else if (!is_open) {
            refuse_damaged_roi("its path has no beginning");
        } else {
            const std::size_t before = paths.back().size();
            append_segment(paths.back(), segment, numbers);
            points += paths.back().size() - before;
        }
        if (points > kMaxPoints) {
            refuse_damaged_roi("its curves are too many");
        }
        is_open = segment != Segment::close;
    }
    return paths;
}

std::variant<std::vector<RoiPath>, RoiOval> decode_shape(const RoiBytes& bytes) {
    const int version = bytes.i16(kVersion);
    const int options = bytes.u16(kOptions);
    const auto type = static_cast<Type>(bytes.u8(kType));
    const bool is_sub_pixel = (options & kSubPixel) != 0 && version >= kSubPixelVersion;
    const bool has_exact_bounds = is_sub_pixel && version >= kSubPixelRectangleVersion;
    if (bytes.i32(kShapeSize) > 0) {
        return decode_composite(bytes);
    }
    // Ellipses at an angle and rotated rectangles store their outline like a freehand one.
    const int subtype = bytes.u16(kSubtype);
    if (subtype == kTextSubtype || subtype == kImageSubtype) {
        refuse_kind("a text or an image");
    }
    if ((options & kSplineFit) != 0) {
        refuse_kind("a fitted spline");
    }
    switch (type) {
        case Type::rectangle:
            if (bytes.u16(kCornerDiameter) > 0) {
                refuse_kind("a rectangle with rounded corners");
            }
            return std::vector<RoiPath>{box(bounds_of(bytes, has_exact_bounds))};
        case Type::oval: return bounds_of(bytes, has_exact_bounds);
        case Type::polygon:
        case Type::freehand:
        case Type::traced: return std::vector<RoiPath>{decode_polygon(bytes, is_sub_pixel)};
        default: refuse_kind("a line, an angle or a point");
    }
}

}  // namespace

ImageJRoi decode_imagej_roi(std::string_view bytes) {
    if (!bytes.starts_with("Iout") || bytes.size() < kCoordinates) {
        refuse_damaged_roi("it does not begin as one");
    }
    ImageJRoi roi;
    roi.shape = decode_shape(RoiBytes(bytes));
    decode_second_header(RoiBytes(bytes), roi);
    return roi;
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom_outlines/segment_pixels.h"

#include "core/error.h"
#include "io/dicom/elements.h"
#include "io/dicom/kind.h"
#include "io/dicom/pixels.h"
#include "io/read_slice.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>
#include <string>
#include <vector>

namespace paraspinal::dicom {
namespace {

using Type = SegmentEncoding::Type;

constexpr const char* kLabelMapClass = "1.2.840.10008.5.1.4.1.1.66.7";

Type read_type(DcmDataset& dataset) {
    const std::string type = text(dataset, DCM_SegmentationType);
    if (type == "LABELMAP" || text(dataset, DCM_SOPClassUID) == kLabelMapClass) {
        return Type::label_map;
    }
    if (type != "BINARY" && type != "FRACTIONAL") {
        throw Error(ErrorCode::malformed_file,
                    "its segmentation type (0062,0001) is none of BINARY, FRACTIONAL, LABELMAP");
    }
    return type == "BINARY" ? Type::binary : Type::fractional;
}

void require_decodable(const OpenFile& opened, Type type) {
    const int bits = whole_number(opened.dataset(), DCM_BitsAllocated).value_or(0);
    const bool is_single_bit = type == Type::binary && bits == 1;
    if (!can_decode(opened)) {
        throw Error(ErrorCode::unsupported_encoding,
                    "its transfer syntax is not supported; save the segmentation uncompressed");
    }
    if (is_single_bit && DcmXfer(opened.dataset().getOriginalXfer()).isEncapsulated()) {
        throw Error(ErrorCode::unsupported_encoding,
                    "compressed one-bit segments; save the segmentation uncompressed");
    }
    if (!is_single_bit && bits != 8 && bits != 16) {
        throw Error(ErrorCode::unsupported_encoding,
                    "segments of " + std::to_string(bits) + " bits");
    }
}

[[noreturn]] void refuse_truncated() {
    throw Error(ErrorCode::truncated_pixel_data,
                "its pixel data is shorter than its frames call for; export it again");
}

// One bit a pixel, the lowest first; frames follow each other without a gap (PS3.5 8.1.1).
Image<std::uint16_t> read_bits(const OpenFile& opened, ImageSize size, int frame) {
    DcmElement* element = nullptr;
    if (!opened.complete || opened.dataset().findAndGetElement(DCM_PixelData, element).bad()) {
        refuse_truncated();
    }
    Image<std::uint16_t> pixels(size);
    const std::uint64_t count = pixels.pixels.size();
    const std::uint64_t first_bit = static_cast<std::uint64_t>(frame) * count;
    const std::uint64_t first_byte = first_bit / 8;
    const std::uint64_t end_byte = (first_bit + count + 7) / 8;
    if (end_byte > element->getLength()) {
        refuse_truncated();
    }
    std::vector<Uint8> bytes(end_byte - first_byte);
    if (element
            ->getPartialValue(
                bytes.data(), static_cast<Uint32>(first_byte), static_cast<Uint32>(bytes.size()))
            .bad()) {
        refuse_truncated();
    }
    for (std::uint64_t i = 0; i < count; ++i) {
        const std::uint64_t bit = first_bit % 8 + i;
        pixels.pixels[i] = bytes[bit / 8] >> bit % 8 & 1;
    }
    return pixels;
}

}  // namespace

SegmentEncoding read_segment_encoding(const OpenFile& opened) {
    DcmDataset& dataset = opened.dataset();
    SegmentEncoding encoding{.type = read_type(dataset),
                             .size = {.rows = whole_number(dataset, DCM_Rows).value_or(0),
                                      .cols = whole_number(dataset, DCM_Columns).value_or(0)}};
    if (std::min(encoding.size.rows, encoding.size.cols) < 1) {
        throw Error(ErrorCode::malformed_file, "it does not say how many rows and columns it has");
    }
    if (std::max(encoding.size.rows, encoding.size.cols) > kMaxSidePixels) {
        throw Error(ErrorCode::image_too_large, "its frames are too large");
    }
    require_decodable(opened, encoding.type);
    if (encoding.type == Type::fractional) {
        encoding.largest_fraction = whole_number(dataset, DCM_MaximumFractionalValue).value_or(0);
        if (encoding.largest_fraction < 1) {
            throw Error(ErrorCode::malformed_file,
                        "fractional segments without a largest value (0062,000E)");
        }
    }
    return encoding;
}

Image<std::uint16_t> read_segment_frame(const OpenFile& opened,
                                        const SegmentEncoding& encoding,
                                        int frame) {
    if (whole_number(opened.dataset(), DCM_BitsAllocated) == 1) {
        return read_bits(opened, encoding.size, frame);
    }
    SliceHeader header;
    header.frame = frame;
    header.size = encoding.size;
    const std::vector<std::int64_t> values =
        read_stored_values(opened, header, read_sample_format(opened.dataset()));
    Image<std::uint16_t> pixels(encoding.size);
    std::ranges::transform(values, pixels.pixels.begin(), [&encoding](std::int64_t value) {
        switch (encoding.type) {
            case Type::label_map: return static_cast<std::uint16_t>(value);
            case Type::fractional:
                return static_cast<std::uint16_t>(2 * value >= encoding.largest_fraction ? 1 : 0);
            case Type::binary: break;
        }
        return static_cast<std::uint16_t>(value != 0 ? 1 : 0);
    });
    return pixels;
}

}  // namespace paraspinal::dicom

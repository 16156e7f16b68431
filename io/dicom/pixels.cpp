// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom/pixels.h"

#include "core/error.h"
#include "io/dicom/codecs.h"
#include "io/dicom/elements.h"
#include "io/dicom/jpeg.h"
#include "io/dicom/jpeg2000.h"
#include "io/dicom/jpeg_ls.h"
#include "io/dicom/rle.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dccodec.h>
#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>
#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace paraspinal::dicom {
namespace {

static_assert(std::endian::native == std::endian::little, "samples are assembled little endian");

[[noreturn]] void refuse_truncated(const std::string& why) {
    throw Error(ErrorCode::truncated_pixel_data,
                "its pixel data is incomplete or damaged (" + why + "); fetch the file again");
}

std::vector<char> native_frame(DcmDataset& dataset, const SliceHeader& slice, std::size_t bytes) {
    DcmElement* element = nullptr;
    if (dataset.findAndGetElement(DCM_PixelData, element).bad()) {
        refuse_truncated("there is none");
    }
    // Checked before any memory is asked for: the header may promise what the file does not hold.
    if (element->getLength() / bytes <= static_cast<std::size_t>(slice.frame)) {
        refuse_truncated("fewer bytes than its size calls for");
    }
    // Not getUncompressedFrame, which asks for a photometric interpretation.
    std::vector<char> buffer(bytes);
    const OFCondition status =
        element->getPartialValue(buffer.data(),
                                 static_cast<Uint32>(static_cast<std::size_t>(slice.frame) * bytes),
                                 static_cast<Uint32>(bytes));
    if (status.bad()) {
        refuse_truncated(status.text());
    }
    return buffer;
}

// The compressed bytes of one frame; empty when the file does not hold them.
std::vector<char> compressed_frame(DcmDataset& dataset, Uint32 frame) {
    DcmElement* element = nullptr;
    dataset.findAndGetElement(DCM_PixelData, element);
    auto* const pixels = dynamic_cast<DcmPixelData*>(element);
    DcmPixelSequence* fragments = nullptr;
    const Sint32 frames = whole_number(dataset, DCM_NumberOfFrames).value_or(1);
    Uint32 first = 0;
    if (pixels == nullptr ||
        pixels->getEncapsulatedRepresentation(dataset.getOriginalXfer(), nullptr, fragments)
            .bad() ||
        DcmCodec::determineStartFragment(frame, frames, fragments, first).bad()) {
        return {};
    }
    Uint32 end = 0;
    const bool is_last = static_cast<Sint32>(frame) + 1 >= frames;
    if (is_last || DcmCodec::determineStartFragment(frame + 1, frames, fragments, end).bad()) {
        end = static_cast<Uint32>(fragments->card());
    }
    std::vector<char> bytes;
    for (Uint32 index = first; index < end; ++index) {
        DcmPixelItem* fragment = nullptr;
        Uint8* content = nullptr;
        if (fragments->getItem(fragment, index).bad() || fragment->getUint8Array(content).bad()) {
            return {};
        }
        const std::span loaded(content, fragment->getLength());
        bytes.insert(bytes.end(), loaded.begin(), loaded.end());
    }
    return bytes;
}

std::optional<std::vector<char>> decode(const std::vector<char>& compressed,
                                        E_TransferSyntax syntax,
                                        const FrameFormat& format) {
    switch (syntax) {
        case EXS_RLELossless: return decode_rle(compressed, format);
        case EXS_JPEGLSLossless:
        case EXS_JPEGLSLossy: return decode_jpeg_ls(compressed, format);
        case EXS_JPEG2000:
        case EXS_JPEG2000LosslessOnly: return decode_jpeg_2000(compressed, format);
        default: return decode_jpeg(compressed, format);
    }
}

std::vector<char> read_frame(const OpenFile& opened,
                             const SliceHeader& slice,
                             const FrameFormat& format) {
    DcmDataset& dataset = opened.dataset();
    const E_TransferSyntax syntax = dataset.getOriginalXfer();
    if (!DcmXfer(syntax).isEncapsulated()) {
        return native_frame(dataset, slice, frame_bytes(format));
    }
    const std::vector<char> compressed =
        compressed_frame(dataset, static_cast<Uint32>(slice.frame));
    std::optional<std::vector<char>> samples = decode(compressed, syntax, format);
    if (!samples) {
        refuse_truncated("its compressed bytes do not yield the image that its header describes");
    }
    return *std::move(samples);
}

}  // namespace

std::size_t frame_bytes(const FrameFormat& format) {
    return static_cast<std::size_t>(format.size.rows) * static_cast<std::size_t>(format.size.cols) *
           static_cast<std::size_t>(format.samples.bits_allocated / 8);
}

SampleFormat read_sample_format(DcmDataset& dataset) {
    SampleFormat format;
    format.bits_allocated = whole_number(dataset, DCM_BitsAllocated).value_or(16);
    format.bits_stored = whole_number(dataset, DCM_BitsStored).value_or(format.bits_allocated);
    format.high_bit = whole_number(dataset, DCM_HighBit).value_or(format.bits_stored - 1);
    format.is_signed = whole_number(dataset, DCM_PixelRepresentation).value_or(0) == 1;
    if (format.bits_stored < 1 || format.high_bit >= format.bits_allocated ||
        format.high_bit < format.bits_stored - 1) {
        throw Error(ErrorCode::malformed_file,
                    "its bits stored and high bit contradict each other");
    }
    return format;
}

namespace {

// Overlays of old objects lie in the bits above the pixel's (PS3.5 section 8).
bool has_embedded_overlay(DcmDataset& dataset) {
    constexpr Uint16 kFirstGroup = 0x6000;
    constexpr Uint16 kLastGroup = 0x601e;
    constexpr Uint16 kBitPosition = 0x0102;
    for (Uint16 group = kFirstGroup; group <= kLastGroup; group = Uint16(group + 2)) {
        if (whole_number(dataset, DcmTagKey(group, kBitPosition)).value_or(0) != 0) {
            return true;
        }
    }
    return false;
}

// Sum of the differences between neighbors of a row: what is no image is rough.
template <class Value>
double roughness(const std::vector<Value>& values) {
    double sum = 0;
    for (std::size_t i = 1; i < values.size(); ++i) {
        sum += std::abs(static_cast<double>(values[i]) - static_cast<double>(values[i - 1]));
    }
    return sum;
}

// Bits above those stored may be anything and are left out. When the image is smoother with them,
// they belong to its values, and left out they would make bright fat dark.
void check_high_bits(DcmDataset& dataset,
                     const SampleFormat& format,
                     const std::vector<std::uint32_t>& samples,
                     const std::vector<std::int64_t>& values) {
    const bool has_room = format.high_bit + 1 < format.bits_allocated;
    if (!has_room || format.is_signed || format.high_bit + 1 != format.bits_stored ||
        !std::ranges::any_of(samples, [&format](std::uint32_t sample) {
            return (sample >> static_cast<unsigned>(format.bits_stored)) != 0;
        })) {
        return;
    }
    if (!has_embedded_overlay(dataset) && roughness(samples) < roughness(values)) {
        throw Error(ErrorCode::malformed_file,
                    "its pixels have values beyond the " + std::to_string(format.bits_stored) +
                        " bits that its header states; export the original images");
    }
}

}  // namespace

std::vector<std::int64_t> read_stored_values(const OpenFile& opened,
                                             const SliceHeader& slice,
                                             const SampleFormat& format) {
    if (!opened.complete) {
        refuse_truncated("the file ends too early");
    }
    const auto sample_bytes = static_cast<std::size_t>(format.bits_allocated / 8);
    const std::vector<char> buffer =
        read_frame(opened, slice, {.size = slice.size, .samples = format});
    const std::size_t count = buffer.size() / sample_bytes;
    const int shift = format.high_bit + 1 - format.bits_stored;
    const std::int64_t mask = (std::int64_t{1} << format.bits_stored) - 1;
    const std::int64_t sign = format.is_signed ? std::int64_t{1} << (format.bits_stored - 1) : 0;
    std::vector<std::int64_t> values(count);
    std::vector<std::uint32_t> samples(count);
    for (std::size_t pixel = 0; pixel < count; ++pixel) {
        std::uint32_t& sample = samples[pixel];
        std::memcpy(&sample, &buffer[pixel * sample_bytes], sample_bytes);
        const std::int64_t magnitude = (std::int64_t{sample} >> shift) & mask;
        // Subtracting the sign bit twice spreads it over the bits above.
        values[pixel] = (magnitude ^ sign) - sign;
    }
    check_high_bits(opened.dataset(), format, samples, values);
    return values;
}

}  // namespace paraspinal::dicom

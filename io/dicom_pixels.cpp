// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom_pixels.h"

#include "core/error.h"
#include "io/dicom_elements.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcrledrg.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmjpeg/djdecode.h>

#include <bit>
#include <cstring>
#include <string>

namespace paraspinal::dicom {
namespace {

static_assert(std::endian::native == std::endian::little, "samples are assembled little endian");

// DCMTK keeps its decoders in a process-wide table. They are added once and stay.
void register_decoders() {
    static const bool registered = [] {
        DcmRLEDecoderRegistration::registerCodecs();
        DJDecoderRegistration::registerCodecs();
        return true;
    }();
    static_cast<void>(registered);
}

// DCMTK has no JPEG 2000. Its JPEG-LS must not be used in a process that holds GDCM, as all that
// use ITK do: both bring a CharLS library of their own, the functions of one hide those of the
// other behind the same names, and their parameters differ.
bool is_for_gdcm(DcmDataset& dataset) {
    switch (dataset.getOriginalXfer()) {
        case EXS_JPEG2000:
        case EXS_JPEG2000LosslessOnly:
        case EXS_JPEGLSLossless:
        case EXS_JPEGLSLossy: return true;
        default: return false;
    }
}

[[noreturn]] void refuse_truncated(const std::string& why) {
    throw Error(ErrorCode::truncated_pixel_data,
                "its pixel data is incomplete or damaged (" + why + "); fetch the file again");
}

std::vector<char> decode_with_dcmtk(const OpenFile& opened,
                                    const SliceHeader& slice,
                                    std::size_t bytes) {
    register_decoders();
    DcmDataset& dataset = opened.dataset();
    DcmElement* element = nullptr;
    if (dataset.findAndGetElement(DCM_PixelData, element).bad()) {
        refuse_truncated("there is none");
    }
    // Checked before any memory is asked for: the header may promise what the file does not hold.
    const bool is_native = !DcmXfer(dataset.getOriginalXfer()).isEncapsulated();
    if (is_native && element->getLength() / bytes <= static_cast<std::size_t>(slice.frame)) {
        refuse_truncated("fewer bytes than its size calls for");
    }
    std::vector<char> buffer(bytes + bytes % 2);
    Uint32 first_fragment = 0;
    OFString color_model;
    const OFCondition status = element->getUncompressedFrame(&dataset,
                                                             static_cast<Uint32>(slice.frame),
                                                             first_fragment,
                                                             buffer.data(),
                                                             static_cast<Uint32>(buffer.size()),
                                                             color_model);
    if (status.bad()) {
        refuse_truncated(status.text());
    }
    buffer.resize(bytes);
    return buffer;
}

}  // namespace

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

std::vector<std::int64_t> read_stored_values(const OpenFile& opened,
                                             const std::filesystem::path& file,
                                             const SliceHeader& slice,
                                             const SampleFormat& format) {
    const auto count =
        static_cast<std::size_t>(slice.size.rows) * static_cast<std::size_t>(slice.size.cols);
    const auto sample_bytes = static_cast<std::size_t>(format.bits_allocated / 8);
    const std::size_t bytes = count * sample_bytes;
    if (!opened.complete) {
        refuse_truncated("the file ends too early");
    }
    const std::vector<char> buffer = is_for_gdcm(opened.dataset())
                                         ? decode_with_gdcm(file, slice, bytes)
                                         : decode_with_dcmtk(opened, slice, bytes);
    const int shift = format.high_bit + 1 - format.bits_stored;
    const std::int64_t mask = (std::int64_t{1} << format.bits_stored) - 1;
    const std::int64_t sign = format.is_signed ? std::int64_t{1} << (format.bits_stored - 1) : 0;
    std::vector<std::int64_t> values(count);
    for (std::size_t pixel = 0; pixel < count; ++pixel) {
        std::uint32_t sample = 0;
        std::memcpy(&sample, &buffer[pixel * sample_bytes], sample_bytes);
        const std::int64_t magnitude = (std::int64_t{sample} >> shift) & mask;
        // Subtracting the sign bit twice spreads it over the bits above.
        values[pixel] = (magnitude ^ sign) - sign;
    }
    return values;
}

}  // namespace paraspinal::dicom

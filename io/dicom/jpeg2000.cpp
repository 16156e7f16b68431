// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0

#include "io/dicom/jpeg2000.h"

#include "io/dicom/jpeg2000_codestream.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <openjpeg.h>
#include <span>

namespace paraspinal::dicom {
namespace {

// What OpenJPEG reads from, through the functions below.
struct Source {
    const std::vector<char>& bytes;
    std::size_t position = 0;
    [[nodiscard]] std::size_t left() const { return bytes.size() - position; }
};

OPJ_SIZE_T read_some(void* target, OPJ_SIZE_T wanted, void* user) {
    auto& source = *static_cast<Source*>(user);
    const std::size_t count = std::min<std::size_t>(wanted, source.left());
    if (count == 0) {
        return static_cast<OPJ_SIZE_T>(-1);  // OpenJPEG's sign of the end.
    }
    std::memcpy(target, &source.bytes[source.position], count);
    source.position += count;
    return count;
}

OPJ_OFF_T skip_some(OPJ_OFF_T wanted, void* user) {
    auto& source = *static_cast<Source*>(user);
    if (wanted < 0 || static_cast<std::size_t>(wanted) > source.left()) {
        return -1;
    }
    source.position += static_cast<std::size_t>(wanted);
    return wanted;
}

OPJ_BOOL seek_to(OPJ_OFF_T position, void* user) {
    auto& source = *static_cast<Source*>(user);
    if (position < 0 || static_cast<std::size_t>(position) > source.bytes.size()) {
        return OPJ_FALSE;
    }
    source.position = static_cast<std::size_t>(position);
    return OPJ_TRUE;
}

// What OpenJPEG tells about data that it can make something of all the same.
void note_warning(const char* /*text*/, void* user) {
    *static_cast<bool*>(user) = true;
}

using Stream = std::unique_ptr<opj_stream_t, decltype(&opj_stream_destroy)>;
using Codec = std::unique_ptr<opj_codec_t, decltype(&opj_destroy_codec)>;
using Decoded = std::unique_ptr<opj_image_t, decltype(&opj_image_destroy)>;

Stream stream_over(Source& source) {
    Stream stream(opj_stream_default_create(OPJ_TRUE), &opj_stream_destroy);
    opj_stream_set_user_data(stream.get(), &source, nullptr);
    opj_stream_set_user_data_length(stream.get(), source.bytes.size());
    opj_stream_set_read_function(stream.get(), &read_some);
    opj_stream_set_skip_function(stream.get(), &skip_some);
    opj_stream_set_seek_function(stream.get(), &seek_to);
    return stream;
}

bool fits(const opj_image_t& image, const FrameFormat& expected) {
    if (image.numcomps != 1) {
        return false;
    }
    const opj_image_comp_t& component = *image.comps;
    return component.w == static_cast<OPJ_UINT32>(expected.size.cols) &&
           component.h == static_cast<OPJ_UINT32>(expected.size.rows) &&
           component.prec <= static_cast<OPJ_UINT32>(expected.samples.bits_allocated);
}

std::vector<char> samples_of(const opj_image_comp_t& component, const FrameFormat& expected) {
    const auto sample_bytes = static_cast<std::size_t>(expected.samples.bits_allocated / 8);
    std::vector<char> samples(frame_bytes(expected));
    const std::span decoded(component.data, samples.size() / sample_bytes);
    for (std::size_t pixel = 0; pixel < decoded.size(); ++pixel) {
        std::memcpy(&samples[pixel * sample_bytes], &decoded[pixel], sample_bytes);
    }
    return samples;
}

std::optional<std::vector<char>> decode(const std::vector<char>& codestream,
                                        const FrameFormat& expected) {
    Source source{.bytes = codestream};
    const Stream stream = stream_over(source);
    const Codec codec(opj_create_decompress(OPJ_CODEC_J2K), &opj_destroy_codec);
    opj_dparameters_t parameters{};
    opj_set_default_decoder_parameters(&parameters);
    bool is_damaged = false;
    opj_set_warning_handler(codec.get(), &note_warning, &is_damaged);
    opj_image_t* header = nullptr;
    if (opj_setup_decoder(codec.get(), &parameters) == OPJ_FALSE ||
        opj_read_header(stream.get(), codec.get(), &header) == OPJ_FALSE) {
        return std::nullopt;
    }
    const Decoded image(header, &opj_image_destroy);
    // Size first: the pixels of a damaged header could fill any memory.
    if (!fits(*image, expected) ||
        opj_decode(codec.get(), stream.get(), image.get()) == OPJ_FALSE ||
        opj_end_decompress(codec.get(), stream.get()) == OPJ_FALSE || !fits(*image, expected) ||
        image->comps->data == nullptr || is_damaged) {
        return std::nullopt;
    }
    return samples_of(*image->comps, expected);
}

}  // namespace

std::optional<std::vector<char>> decode_jpeg_2000(const std::vector<char>& compressed,
                                                  const FrameFormat& expected) {
    const std::optional<Codestream> codestream = complete_codestream(compressed);
    if (!codestream) {
        return std::nullopt;
    }
    std::optional<std::vector<char>> samples = decode(codestream->bytes, expected);
    // OpenJPEG takes packets that are missing at the end for empty ones, without a word.
    const bool is_whole = samples == decode(with_more_than_packets(*codestream), expected);
    return is_whole ? std::move(samples) : std::nullopt;
}

}  // namespace paraspinal::dicom

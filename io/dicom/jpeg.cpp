// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom/jpeg.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmjpeg/djcparam.h>
#include <dcmtk/dcmjpeg/djdijg12.h>
#include <dcmtk/dcmjpeg/djdijg16.h>
#include <dcmtk/dcmjpeg/djdijg8.h>

#include <cstdint>
#include <span>

namespace paraspinal::dicom {
namespace {

using Bytes = std::span<const char>;

// What a frame says of itself (ISO 10918-1, B.2.2).
struct FrameHeader {
    int precision_bits = 0;
    int rows = 0;
    int cols = 0;
    int components = 0;
};

int byte_at(Bytes data, std::size_t place) {
    return static_cast<unsigned char>(data[place]);
}

int word_at(Bytes data, std::size_t place) {
    constexpr int kByteValues = 256;
    return kByteValues * byte_at(data, place) + byte_at(data, place + 1);
}

// SOF0 to SOF15 but for the three markers among them that are something else: DHT, JPG and DAC.
bool starts_frame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

// Walks the segments from the start of the image to that of its frame.
std::optional<FrameHeader> read_frame_header(Bytes data) {
    constexpr int kStartOfScan = 0xDA;
    constexpr std::size_t kHeaderBytes = 10;  // Marker, length, precision, rows, cols, components.
    for (std::size_t place = 2; place + kHeaderBytes <= data.size();) {
        const int marker = byte_at(data, place + 1);
        if (byte_at(data, place) != 0xFF || marker == kStartOfScan) {
            return std::nullopt;
        }
        if (marker == 0xFF) {  // A fill byte.
            ++place;
            continue;
        }
        if (starts_frame(marker)) {
            return FrameHeader{.precision_bits = byte_at(data, place + 4),
                               .rows = word_at(data, place + 5),
                               .cols = word_at(data, place + 7),
                               .components = byte_at(data, place + 9)};
        }
        place += 2 + static_cast<std::size_t>(word_at(data, place + 2));
    }
    return std::nullopt;
}

bool fits(const FrameHeader& found, const FrameFormat& expected) {
    return found.components == 1 && found.rows == expected.size.rows &&
           found.cols == expected.size.cols && found.precision_bits >= 2 &&
           found.precision_bits <= expected.samples.bits_allocated;
}

// One of DCMTK's decoders, that remembers the warnings of its library.
template <class Decoder>
class Strict : public Decoder {
  public:
    using Decoder::Decoder;
    void emitMessage(int level) const override { is_damaged_ = is_damaged_ || level < 0; }
    [[nodiscard]] bool is_damaged() const { return is_damaged_; }

  private:
    mutable bool is_damaged_ = false;
};

// One sample a pixel, of as many bytes as the decoder makes.
template <class Decoder>
std::optional<std::vector<std::uint8_t>> decode_with(const std::vector<char>& compressed,
                                                     const FrameFormat& expected) {
    const DJCodecParameter parameters(ECC_lossyYCbCr, EDC_never, EUC_never, EPC_default);
    Strict<Decoder> decoder(parameters, OFFalse);
    const auto pixels =
        static_cast<std::size_t>(expected.size.rows) * static_cast<std::size_t>(expected.size.cols);
    std::vector<std::uint8_t> data(compressed.begin(), compressed.end());  // DCMTK takes no const.
    std::vector<std::uint8_t> samples(pixels * decoder.bytesPerSample());
    const bool is_good = decoder.init().good() &&
                         decoder
                             .decode(data.data(),
                                     static_cast<Uint32>(data.size()),
                                     samples.data(),
                                     static_cast<Uint32>(samples.size()),
                                     expected.samples.is_signed ? OFTrue : OFFalse)
                             .good() &&
                         !decoder.is_damaged();
    return is_good ? std::optional(std::move(samples)) : std::nullopt;
}

std::optional<std::vector<std::uint8_t>> decode_at(int precision_bits,
                                                   const std::vector<char>& compressed,
                                                   const FrameFormat& expected) {
    constexpr int kMostBitsOf8 = 8;
    constexpr int kMostBitsOf12 = 12;
    if (precision_bits <= kMostBitsOf8) {
        return decode_with<DJDecompressIJG8Bit>(compressed, expected);
    }
    return precision_bits <= kMostBitsOf12
               ? decode_with<DJDecompressIJG12Bit>(compressed, expected)
               : decode_with<DJDecompressIJG16Bit>(compressed, expected);
}

}  // namespace

std::optional<std::vector<char>> decode_jpeg(const std::vector<char>& compressed,
                                             const FrameFormat& expected) {
    const std::optional<FrameHeader> header = read_frame_header(compressed);
    // Size first: the pixels of a damaged header could fill any memory.
    if (!header || !fits(*header, expected)) {
        return std::nullopt;
    }
    const auto decoded = decode_at(header->precision_bits, compressed, expected);
    if (!decoded) {
        return std::nullopt;
    }
    // Files of 16 bits a sample may hold compressed ones of 8.
    std::vector<char> samples(frame_bytes(expected));
    const auto sample_bytes = static_cast<std::size_t>(expected.samples.bits_allocated / 8);
    const std::size_t decoded_bytes = sample_bytes * decoded->size() / samples.size();
    for (std::size_t i = 0; i < decoded->size(); ++i) {
        samples[i / decoded_bytes * sample_bytes + i % decoded_bytes] =
            static_cast<char>((*decoded)[i]);
    }
    return samples;
}

}  // namespace paraspinal::dicom

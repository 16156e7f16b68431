// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom/rle.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <span>

namespace paraspinal::dicom {
namespace {

using Bytes = std::span<const char>;

// One number of segments and the offsets of 15.
constexpr std::size_t kHeaderBytes = 64;
constexpr std::size_t kMostSegments = 15;

std::size_t header_number(Bytes compressed, std::size_t index) {
    std::uint32_t number = 0;  // Little endian, as this program requires its machine to be.
    std::memcpy(&number, &compressed[index * sizeof number], sizeof number);
    return number;
}

// The bytes of each segment; nullopt unless there are `count` in rising order.
std::optional<std::vector<Bytes>> segments_of(Bytes compressed, std::size_t count) {
    if (compressed.size() < kHeaderBytes || count > kMostSegments ||
        header_number(compressed, 0) != count) {
        return std::nullopt;
    }
    std::vector<Bytes> segments;
    std::size_t end_before = kHeaderBytes;
    for (std::size_t index = 1; index <= count; ++index) {
        const std::size_t start = header_number(compressed, index);
        const std::size_t end =
            index < count ? header_number(compressed, index + 1) : compressed.size();
        if (start < end_before || start >= end || end > compressed.size()) {
            return std::nullopt;
        }
        segments.push_back(compressed.subspan(start, end - start));
        end_before = end;
    }
    return segments;
}

// Takes the next run, or copy, from the front of `segment` and appends it; false when the segment
// ends within it.
bool unpack_next(Bytes& segment, std::vector<char>& unpacked) {
    constexpr int kNothing = -128;
    const auto control = static_cast<signed char>(segment.front());
    segment = segment.subspan(1);
    if (control == kNothing) {
        return true;
    }
    const bool is_run = control < 0;
    const auto length = static_cast<std::size_t>(is_run ? 1 - control : 1 + control);
    const std::size_t taken = is_run ? 1 : length;
    if (segment.size() < taken) {
        return false;
    }
    if (is_run) {
        unpacked.insert(unpacked.end(), length, segment.front());
    } else {
        unpacked.insert(unpacked.end(), segment.begin(), segment.begin() + taken);
    }
    segment = segment.subspan(taken);
    return true;
}

// The `count` bytes that a segment holds; nullopt when it holds fewer, or more.
std::optional<std::vector<char>> unpacked(Bytes segment, std::size_t count) {
    constexpr std::size_t kMostBytesOfOne = 64;  // A run of 128 takes two.
    if (segment.size() < count / kMostBytesOfOne) {
        return std::nullopt;  // Before any memory is asked for.
    }
    std::vector<char> bytes;
    bytes.reserve(count);
    while (bytes.size() < count) {
        if (segment.empty() || !unpack_next(segment, bytes)) {
            return std::nullopt;
        }
    }
    const bool only_padding_follows =
        std::all_of(segment.begin(), segment.end(), [](char byte) { return byte == 0; });
    return bytes.size() == count && only_padding_follows ? std::optional(std::move(bytes))
                                                         : std::nullopt;
}

}  // namespace

std::optional<std::vector<char>> decode_rle(const std::vector<char>& compressed,
                                            const FrameFormat& expected) {
    const auto sample_bytes = static_cast<std::size_t>(expected.samples.bits_allocated / 8);
    const auto segments = segments_of(compressed, sample_bytes);
    if (!segments) {
        return std::nullopt;
    }
    const std::size_t pixels = frame_bytes(expected) / sample_bytes;
    std::vector<char> samples;
    for (std::size_t segment = 0; segment < sample_bytes; ++segment) {
        const auto bytes = unpacked((*segments)[segment], pixels);
        if (!bytes) {
            return std::nullopt;
        }
        samples.resize(frame_bytes(expected));
        // The most significant bytes come first.
        const std::size_t place = sample_bytes - 1 - segment;
        for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
            samples[pixel * sample_bytes + place] = (*bytes)[pixel];
        }
    }
    return samples;
}

}  // namespace paraspinal::dicom

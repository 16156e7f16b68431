// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom/jpeg2000_codestream.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <string_view>

namespace paraspinal::dicom {
namespace {

constexpr std::string_view kStartAndSize = "\xff\x4f\xff\x51";
constexpr std::string_view kEnd = "\xff\xd9";
constexpr std::uint64_t kStartOfTilePart = 0xFF90;

// Places in the size segment and in the header of a tile part, from their markers.
constexpr std::size_t kSizePlace = 2;
constexpr std::size_t kTileNumber = 4;
constexpr std::size_t kTilePartLength = 6;
constexpr std::size_t kTilePartCount = 11;
constexpr std::size_t kTilePartHeaderBytes = 12;

// Big endian; beyond the end of `bytes` it is 0, which is no marker and no length.
std::uint64_t number_at(const std::vector<char>& bytes, std::size_t place, std::size_t length) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < length; ++i) {
        const bool is_inside = place + i < bytes.size();
        number = number << 8U | (is_inside ? static_cast<unsigned char>(bytes[place + i]) : 0U);
    }
    return number;
}

// Along one side of the image; 0 for nonsense.
std::uint64_t tiles_along(const std::vector<char>& bytes, std::size_t end, std::size_t tile) {
    constexpr std::size_t kOffsetBehindSize = 8;
    const std::uint64_t end_px = number_at(bytes, end, 4);
    const std::uint64_t tile_px = number_at(bytes, tile, 4);
    const std::uint64_t start_px = number_at(bytes, tile + kOffsetBehindSize, 4);
    return tile_px == 0 || start_px >= end_px ? 0 : (end_px - start_px + tile_px - 1) / tile_px;
}

std::uint64_t tile_count(const std::vector<char>& bytes) {
    return tiles_along(bytes, kSizePlace + 6, kSizePlace + 22) *
           tiles_along(bytes, kSizePlace + 10, kSizePlace + 26);
}

std::size_t first_tile_part(const std::vector<char>& bytes) {
    std::size_t place = kSizePlace;
    while (place < bytes.size() && number_at(bytes, place, 2) != kStartOfTilePart) {
        place += 2 + number_at(bytes, place + 2, 2);
    }
    return place;
}

// How many parts of each tile are there, less the number that there should be where that is said.
struct TileParts {
    std::map<std::uint64_t, int> seen;
    std::map<std::uint64_t, int> announced;

    [[nodiscard]] bool are_complete(std::uint64_t tiles) const {
        return seen.size() == tiles &&
               std::all_of(announced.begin(), announced.end(), [this](const auto& tile) {
                   return seen.at(tile.first) == tile.second;
               });
    }
};

// From SOC to EOC, without what follows or goes before.
std::vector<char> cut_out(const std::vector<char>& compressed) {
    const auto start = std::search(
        compressed.begin(), compressed.end(), kStartAndSize.begin(), kStartAndSize.end());
    const auto last = std::find_if(
        compressed.rbegin(), std::make_reverse_iterator(start), [](char c) { return c != 0; });
    return {start, last.base()};
}

}  // namespace

std::optional<Codestream> complete_codestream(const std::vector<char>& compressed) {
    Codestream codestream{.bytes = cut_out(compressed)};
    const std::vector<char>& bytes = codestream.bytes;
    if (bytes.size() < kEnd.size() || !std::equal(kEnd.begin(), kEnd.end(), bytes.end() - 2)) {
        return std::nullopt;
    }
    const std::size_t end = bytes.size() - kEnd.size();
    TileParts parts;
    for (std::size_t place = first_tile_part(bytes); place != end;) {
        const std::uint64_t stated = number_at(bytes, place + kTilePartLength, 4);
        const std::uint64_t length = stated == 0 ? end - std::min(place, end) : stated;
        if (number_at(bytes, place, 2) != kStartOfTilePart || length < kTilePartHeaderBytes ||
            length > end - place) {
            return std::nullopt;
        }
        const std::uint64_t tile = number_at(bytes, place + kTileNumber, 2);
        ++parts.seen[tile];
        if (const auto count = static_cast<int>(number_at(bytes, place + kTilePartCount, 1))) {
            parts.announced[tile] = count;
        }
        codestream.last_tile_part = place;
        place += length;
    }
    return parts.are_complete(tile_count(bytes)) ? std::optional(std::move(codestream))
                                                 : std::nullopt;
}

std::vector<char> with_more_than_packets(const Codestream& codestream) {
    // As a packet it claims to hold more than there is. After FF a byte below 90 is no marker.
    constexpr std::string_view kMore = "\xff\x7f\xff\x7f\xff\x7f\xff\x7f\xff\x7f\xff\x7f\xff\x7f";
    std::vector<char> bytes = codestream.bytes;
    bytes.insert(bytes.end() - kEnd.size(), kMore.begin(), kMore.end());
    const std::size_t place = codestream.last_tile_part + kTilePartLength;
    const std::uint64_t stated = number_at(bytes, place, 4);
    for (std::size_t i = 0; i < 4 && stated != 0; ++i) {
        bytes[place + i] = static_cast<char>((stated + kMore.size()) >> 8U * (3 - i));
    }
    return bytes;
}

}  // namespace paraspinal::dicom

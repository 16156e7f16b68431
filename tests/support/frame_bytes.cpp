// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/frame_bytes.h"

#include <cstdint>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string_view>

namespace paraspinal::testing {
namespace {

constexpr std::string_view kItem("\xfe\xff\x00\xe0", 4);
constexpr std::string_view kEnd("\xfe\xff\xdd\xe0\0\0\0\0", 8);
constexpr std::size_t kItemHeaderBytes = 8;

std::string content_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::uint32_t length_at(const std::string& content, std::size_t place) {
    std::uint32_t length = 0;
    for (std::size_t byte = 4; byte > 0; --byte) {
        length = length << 8 | static_cast<unsigned char>(content.at(place + byte - 1));
    }
    return length;
}

// Of the item behind the offset table.
std::size_t start_of_fragment(const std::string& content) {
    constexpr std::string_view kPixelData("\xe0\x7f\x10\x00OB\0\0\xff\xff\xff\xff", 12);
    const std::size_t element = content.rfind(kPixelData);
    if (element == std::string::npos) {
        throw std::runtime_error("no encapsulated pixel data");
    }
    const std::size_t table = element + kPixelData.size();
    return table + kItemHeaderBytes + length_at(content, table + kItem.size());
}

}  // namespace

std::string only_fragment(const std::filesystem::path& file) {
    const std::string content = content_of(file);
    const std::size_t start = start_of_fragment(content);
    return content.substr(start + kItemHeaderBytes, length_at(content, start + kItem.size()));
}

void replace_only_fragment(const std::filesystem::path& file, const std::string& bytes) {
    std::string content = content_of(file);
    content.resize(start_of_fragment(content));
    content.append(kItem);
    for (std::size_t byte = 0; byte < 4; ++byte) {
        content.push_back(static_cast<char>(bytes.size() >> 8 * byte));
    }
    content.append(bytes).append(kEnd);
    std::ofstream(file, std::ios::binary) << content;
}

void shorten_tile_part(std::string& codestream) {
    constexpr std::string_view kStart("\xff\x90\x00\x0a", 4);
    const std::size_t start = codestream.find(kStart);
    constexpr std::size_t kHeaderBytes = 12;
    if (start == std::string::npos || codestream.size() < start + kHeaderBytes) {
        return;  // Cut off with it.
    }
    const std::size_t length = codestream.size() - start;
    for (std::size_t byte = 0; byte < 4; ++byte) {
        codestream.at(start + 6 + byte) = static_cast<char>(length >> 8 * (3 - byte));
    }
}

}  // namespace paraspinal::testing

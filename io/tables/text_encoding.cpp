// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/tables/text_encoding.h"

#include "core/error.h"

#include <cerrno>
#include <cstddef>
#include <fstream>
#include <functional>
#include <iconv.h>
#include <system_error>

namespace paraspinal {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 16U;

void for_each_block(const std::filesystem::path& file,
                    const std::function<void(std::string_view bytes)>& visit) {
    std::ifstream stream(file, std::ios::binary);
    std::string block(kBlockBytes, '\0');
    while (stream.read(block.data(), static_cast<std::streamsize>(block.size())) ||
           stream.gcount() > 0) {
        visit(std::string_view(block).substr(0, static_cast<std::size_t>(stream.gcount())));
    }
}

// Bytes that must follow the first of a letter of UTF-8, or kNoLetter.
constexpr std::size_t kNoLetter = 4;
std::size_t following_bytes(unsigned char first) {
    return first < 0x80U                     ? 0
           : first >= 0xC2U && first < 0xE0U ? 1
           : first >= 0xE0U && first < 0xF0U ? 2
           : first >= 0xF0U && first < 0xF5U ? 3
                                             : kNoLetter;
}

bool is_utf8(const std::filesystem::path& file) {
    std::size_t awaited = 0;
    bool is_valid = true;
    for_each_block(file, [&](std::string_view bytes) {
        for (const char letter : bytes) {
            const auto byte = static_cast<unsigned char>(letter);
            const bool follows = (byte & 0xC0U) == 0x80U;
            is_valid = is_valid && (awaited > 0) == follows;
            awaited = awaited > 0 ? awaited - 1 : following_bytes(byte);
            is_valid = is_valid && awaited != kNoLetter;
        }
    });
    return is_valid && awaited == 0;
}

// A pair of western letters may be a hanzi by accident, but hardly one of the common ones, which GB
// 2312 has in its rows B0 to D7: western pairs are small letters, from E0 on.
class HanziCount {
  public:
    void add(unsigned char byte) {
        const bool is_second = first_ != 0;
        if (byte < 0x80U) {
            others_ += is_second ? 1 : 0;
        } else if (is_second) {
            const bool is_common = first_ >= 0xB0U && first_ <= 0xD7U && byte >= 0xA1U;
            ++(is_common ? hanzi_ : others_);
        }
        first_ = byte < 0x80U || is_second ? 0 : byte;
    }
    [[nodiscard]] bool is_most() const { return hanzi_ > others_; }

  private:
    std::size_t hanzi_ = 0;
    std::size_t others_ = 0;
    unsigned char first_ = 0;  // Of a pair; 0: none.
};

bool is_chinese(const std::filesystem::path& file) {
    HanziCount count;
    Utf8Text text(TextEncoding::gb18030);
    try {
        for_each_block(file, [&](std::string_view bytes) {
            text.next(bytes);
            for (const char letter : bytes) {
                count.add(static_cast<unsigned char>(letter));
            }
        });
        text.next({});
    } catch (const Error&) {
        return false;
    }
    return count.is_most();
}

const char* iconv_name(TextEncoding encoding) {
    switch (encoding) {
        case TextEncoding::utf16_le: return "UTF-16LE";
        case TextEncoding::utf16_be: return "UTF-16BE";
        case TextEncoding::gb18030: return "GB18030";
        case TextEncoding::windows_1252: return "CP1252";
        case TextEncoding::utf8: break;
    }
    return "UTF-8";
}

[[noreturn]] void refuse(TextEncoding encoding) {
    const bool is_known = encoding == TextEncoding::utf16_le || encoding == TextEncoding::utf16_be;
    throw Error(ErrorCode::malformed_file,
                is_known ? "the file begins as UTF-16 and is not; save it as UTF-8"
                         : "the file is neither UTF-8 nor GB18030 nor Windows-1252; save it as "
                           "UTF-8");
}

}  // namespace

TextEncoding text_encoding(const std::filesystem::path& file) {
    std::error_code failure;
    if (!std::filesystem::is_regular_file(file, failure)) {
        return TextEncoding::utf8;
    }
    std::ifstream stream(file, std::ios::binary);
    std::string start(2, ' ');
    stream.read(start.data(), 2);
    // Every other byte of Latin letters is zero.
    if (start == "\xFF\xFE" || start[1] == '\0') {
        return TextEncoding::utf16_le;
    }
    if (start == "\xFE\xFF" || start[0] == '\0') {
        return TextEncoding::utf16_be;
    }
    return is_utf8(file)      ? TextEncoding::utf8
           : is_chinese(file) ? TextEncoding::gb18030
                              : TextEncoding::windows_1252;
}

std::string_view assumed_encoding_name(TextEncoding encoding) {
    return encoding == TextEncoding::gb18030        ? "GB18030"
           : encoding == TextEncoding::windows_1252 ? "Windows-1252"
                                                    : "";
}

Utf8Text::Utf8Text(TextEncoding encoding) {
    if (encoding != TextEncoding::utf8) {
        converter_ = std::shared_ptr<void>(iconv_open("UTF-8", iconv_name(encoding)), iconv_close);
        encoding_ = encoding;
    }
}

std::string Utf8Text::next(std::string_view bytes) {
    if (!converter_) {
        return std::string(bytes);
    }
    if (bytes.empty() && !rest_.empty()) {
        refuse(encoding_);
    }
    constexpr std::size_t kMostBytesPerByte = 4;
    std::string input = rest_.append(bytes);
    std::string text(input.size() * kMostBytesPerByte, '\0');
    char* from = input.data();
    char* to = text.data();
    std::size_t from_left = input.size();
    std::size_t to_left = text.size();
    const bool is_whole =
        iconv(converter_.get(), &from, &from_left, &to, &to_left) != static_cast<std::size_t>(-1);
    if (!is_whole && errno != EINVAL) {
        refuse(encoding_);
    }
    rest_.assign(from, from_left);
    text.resize(text.size() - to_left);
    return text;
}

}  // namespace paraspinal

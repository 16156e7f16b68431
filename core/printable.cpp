// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/printable.h"

#include <cstddef>
#include <string_view>

namespace paraspinal {
namespace {

// Bytes of the letter that begins with `lead`; 0: none does.
std::size_t letter_bytes(unsigned char lead) {
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
        return 2;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        return 3;
    }
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

bool continues(unsigned char byte) {
    return byte >= 0x80 && byte <= 0xBF;
}

bool is_control(const std::string& letter) {
    const auto first = static_cast<unsigned char>(letter.front());
    if (letter.size() == 1) {
        return (first < 0x20 && first != '\n' && first != '\t') || first == 0x7F;
    }
    // U+0080 to U+009F.
    return first == 0xC2 && static_cast<unsigned char>(letter[1]) < 0xA0;
}

}  // namespace

PrintableStream::PrintableStream(std::ostream& stream)
    : stream_(&stream), target_(stream.rdbuf(this)) {}

PrintableStream::~PrintableStream() {
    sync();
    stream_->rdbuf(target_);
}

void PrintableStream::take(unsigned char byte) {
    if (!begun_.empty() && !continues(byte)) {
        begun_.clear();
        ready_ += '?';
    }
    begun_ += static_cast<char>(byte);
    const std::size_t bytes = letter_bytes(static_cast<unsigned char>(begun_.front()));
    if (begun_.size() >= bytes) {
        ready_ += bytes == 0 || is_control(begun_) ? "?" : begun_;
        begun_.clear();
    }
}

bool PrintableStream::pass_on() {
    const auto length = static_cast<std::streamsize>(ready_.size());
    const bool is_good = target_->sputn(ready_.data(), length) == length;
    ready_.clear();
    return is_good;
}

PrintableStream::int_type PrintableStream::overflow(int_type letter) {
    if (letter != traits_type::eof()) {
        take(static_cast<unsigned char>(traits_type::to_char_type(letter)));
    }
    return pass_on() ? traits_type::not_eof(letter) : traits_type::eof();
}

std::streamsize PrintableStream::xsputn(const char* bytes, std::streamsize count) {
    for (const char byte : std::string_view(bytes, static_cast<std::size_t>(count))) {
        take(static_cast<unsigned char>(byte));
    }
    return pass_on() ? count : 0;
}

int PrintableStream::sync() {
    return target_->pubsync();
}

}  // namespace paraspinal

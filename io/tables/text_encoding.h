// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace paraspinal {

/// How the text of a table is written.
enum class TextEncoding : std::uint8_t { utf8, utf16_le, utf16_be, gb18030, windows_1252 };

/// What `file` is written in: UTF-16 by its mark, or by the zeros beside its first letters; UTF-8
/// where all of it is (RFC 3629); else GB18030, as spreadsheet programs in China write, where all
/// of it is and most of its letters are common hanzi; else Windows-1252 (Latin-1 with more
/// letters). UTF-8 is taken for granted of what can be read only once, such as a pipe, and of what
/// cannot be read.
TextEncoding text_encoding(const std::filesystem::path& file);

/// "GB18030" or "Windows-1252", which were found by trying; empty for the others.
std::string_view assumed_encoding_name(TextEncoding encoding);

/// Text that comes in pieces, as UTF-8; letters may lie across two pieces.
class Utf8Text {
  public:
    explicit Utf8Text(TextEncoding encoding);
    /// `bytes` as UTF-8; empty bytes end the text. Throws Error malformed_file for what means
    /// nothing in the encoding.
    std::string next(std::string_view bytes);

  private:
    TextEncoding encoding_ = TextEncoding::utf8;
    std::shared_ptr<void> converter_;  // None: the text is UTF-8.
    std::string rest_;                 // The start of a letter.
};

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>
#include <streambuf>
#include <string>

namespace paraspinal {

/// Keeps control characters from a terminal: text from headers, tables and names of files may hold
/// escape sequences, which a terminal obeys. As long as the object lives, what is written to a
/// stream passes through it: C0 and C1 control characters but line feeds and tabs, DEL, and bytes
/// that are no UTF-8 become "?". Source: ECMA-48; RFC 3629.
class PrintableStream : private std::streambuf {
  public:
    explicit PrintableStream(std::ostream& stream);
    ~PrintableStream() override;
    PrintableStream(const PrintableStream&) = delete;
    PrintableStream& operator=(const PrintableStream&) = delete;
    PrintableStream(PrintableStream&&) = delete;
    PrintableStream& operator=(PrintableStream&&) = delete;

  private:
    int_type overflow(int_type letter) override;
    std::streamsize xsputn(const char* bytes, std::streamsize count) override;
    int sync() override;
    void take(unsigned char byte);
    bool pass_on();

    std::ostream* stream_;
    std::streambuf* target_;
    std::string begun_;  // Bytes of a letter that is not complete.
    std::string ready_;  // Goes on in one piece, so that lines of two processes do not mix.
};

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/printable.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace paraspinal {
namespace {

std::string printed(const std::string& text) {
    std::ostringstream stream;
    {
        const PrintableStream printable(stream);
        stream << text << std::flush;
    }
    stream << "";
    return stream.str();
}

TEST(PrintableStream, LetsTextPass) {
    const std::string text = "M\xc3\xbcller\t\xe2\x80\x93 1 \xc2\xb5m \xf0\x9f\x98\x80\n";
    EXPECT_EQ(printed(text), text);
}

TEST(PrintableStream, TakesAwayWhatATerminalObeys) {
    EXPECT_EQ(printed("\x1b]0;title\x07\x1b[2J"), "?]0;title??[2J");
    EXPECT_EQ(printed("a\rb\x7f"
                      "c"),
              "a?b?c");
    EXPECT_EQ(printed(std::string("a\0b", 3)), "a?b");
    EXPECT_EQ(printed("\x9b"
                      "31m"),
              "?31m")
        << "C1 as one byte";
    EXPECT_EQ(printed("\xc2\x9b"
                      "31m"),
              "?31m")
        << "C1 as UTF-8";
}

TEST(PrintableStream, TakesAwayWhatIsNoUtf8) {
    EXPECT_EQ(printed("\xc3"
                      "a\xff\xe2\x82 b"),
              "?a?? b");
}

}  // namespace
}  // namespace paraspinal

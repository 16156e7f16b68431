// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/percent_encoding.h"

#include <gtest/gtest.h>

#include <string>

namespace paraspinal {
namespace {

TEST(PercentEncoding, LeavesPrintableAsciiAlone) {
    EXPECT_EQ(percent_encoded("/archive/A b_1.dcm\"\\~"), "/archive/A b_1.dcm\"\\~");
    EXPECT_EQ(percent_encoded("50% \xfc\n"), "50%25 %FC%0A");
}

TEST(PercentEncoding, BringsEveryByteBack) {
    std::string bytes;
    for (int value = 0; value < 256; ++value) {
        bytes += static_cast<char>(value);
    }
    const std::string text = percent_encoded(bytes);
    for (const char letter : text) {
        EXPECT_TRUE(letter >= ' ' && letter <= '~') << static_cast<int>(letter);
    }
    EXPECT_EQ(percent_decoded(text), bytes);
    EXPECT_EQ(percent_decoded(""), "");
}

TEST(PercentEncoding, RefusesHalfAByte) {
    for (const char* const wrong : {"%", "%4", "a%zz", "%4g", "%-1", "%+1", "% 1"}) {
        EXPECT_FALSE(percent_decoded(wrong).has_value()) << wrong;
    }
}

}  // namespace
}  // namespace paraspinal

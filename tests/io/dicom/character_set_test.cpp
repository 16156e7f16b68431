// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom/character_set.h"

#include <gtest/gtest.h>

namespace paraspinal::dicom {
namespace {

TEST(DecodeText, SpellsControlCharactersSoThatTheyStayApart) {
    EXPECT_EQ(decode_text("AB\x07"
                          "\x1b"
                          "CD",
                          {})
                  .utf8,
              "AB\\x07\\x1BCD");
    EXPECT_EQ(decode_text("M\xfc\x9a", {"ISO_IR 100"}).utf8, "M\u00fc\\x9A");
    EXPECT_EQ(decode_text("\xc3\xa4\x08", {"ISO_IR 192"}).utf8, "\u00e4\\x08");
    EXPECT_EQ(decode_text("M\u00fcller", {"ISO_IR 192"}).utf8, "M\u00fcller");
}

}  // namespace
}  // namespace paraspinal::dicom

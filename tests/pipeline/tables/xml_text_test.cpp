// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/xml_text.h"

#include <gtest/gtest.h>

namespace paraspinal {
namespace {

TEST(XmlText, EscapesMarkup) {
    EXPECT_EQ(xml_text("<&\">'"), "&lt;&amp;&quot;&gt;&#39;");
    EXPECT_EQ(xml_text("β-CTX, cm² €𝛼"), "β-CTX, cm² €𝛼");
}

TEST(XmlText, ReplacesWhatXmlCannotHold) {
    EXPECT_EQ(xml_text("a\n\x01z"), "a??z");
    EXPECT_EQ(xml_text("cm\xB2"), "cm?") << "Latin-1";
    EXPECT_EQ(xml_text("\xC3"), "?") << "cut short";
    EXPECT_EQ(xml_text("\xC0\xBC"), "??") << "a longer spelling of <";
    EXPECT_EQ(xml_text("\xED\xA0\x80"), "???") << "half of a pair of UTF-16";
    EXPECT_EQ(xml_text("\xEF\xBF\xBF"), "???") << "U+FFFF";
    EXPECT_EQ(xml_text("\xF5\x80\x80\x80"), "????") << "beyond Unicode";
}

}  // namespace
}  // namespace paraspinal

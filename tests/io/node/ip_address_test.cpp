// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/node/ip_address.h"

#include <gtest/gtest.h>

namespace paraspinal {
namespace {

TEST(IpAddress, IsReadAndSpelled) {
    for (const char* text : {"10.1.2.255", "0.0.0.0", "::1", "::", "fd00::7"}) {
        const auto address = parse_ip_address(text);
        ASSERT_TRUE(address) << text;
        EXPECT_EQ(ip_text(*address), text);
    }
    for (const char* text : {"", "host", "10.1.2", "10.1.2.256", "[::1]", "::1%lo", ":::"}) {
        EXPECT_FALSE(parse_ip_address(text)) << text;
    }
    EXPECT_EQ(parse_ip_address("::ffff:10.1.2.3"), parse_ip_address("10.1.2.3"));
}

TEST(IpAddress, KnowsThisMachine) {
    EXPECT_TRUE(is_loopback(*parse_ip_address("127.9.9.9")));
    EXPECT_TRUE(is_loopback(*parse_ip_address("::1")));
    EXPECT_FALSE(is_loopback(*parse_ip_address("128.0.0.1")));
    EXPECT_FALSE(is_loopback(*parse_ip_address("::")));
    EXPECT_FALSE(is_loopback(*parse_ip_address("7f00::1")));
}

TEST(IpAddress, SharesAsManyBitsAsItIsAsked) {
    const IpAddress one = *parse_ip_address("fd00::7");
    const IpAddress other = *parse_ip_address("fd00::5");  // The last two bits but one differ.
    EXPECT_TRUE(share_bits(one, other, 0));
    EXPECT_TRUE(share_bits(one, other, 126));
    EXPECT_FALSE(share_bits(one, other, 127));
    EXPECT_FALSE(share_bits(one, other, kIpv6Bits));
    EXPECT_TRUE(share_bits(one, one, kIpv6Bits));
}

TEST(IpAddress, StandsInBracketsBeforeAPort) {
    EXPECT_EQ(place_text("::1", 104), "[::1]:104");
    EXPECT_EQ(place_text("pacs.example", 104), "pacs.example:104");
}

}  // namespace
}  // namespace paraspinal

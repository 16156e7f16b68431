// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/node/server/sender_rule.h"

#include "core/error.h"

#include <gtest/gtest.h>

#include <string>

namespace paraspinal {
namespace {

IpAddress address(const char* text) {
    return parse_ip_address(text).value();
}

TEST(SenderRule, ReadsAddressesAndNetworks) {
    EXPECT_EQ(parse_sender_rule("MR1@10.1.2.3"),
              (SenderRule{.ae_title = "MR1", .network = address("10.1.2.3"), .prefix_bits = 128}));
    EXPECT_EQ(parse_sender_rule(" * @ 192.168.0.0/16 "),
              (SenderRule{.ae_title = "*", .network = address("192.168.0.0"), .prefix_bits = 112}));
    EXPECT_EQ(parse_sender_rule("MR1@fd00::/8"),
              (SenderRule{.ae_title = "MR1", .network = address("fd00::"), .prefix_bits = 8}));
}

TEST(SenderRule, RefusesEverythingElse) {
    for (const char* text : {"MR1",
                             "MR1@",
                             "@10.1.2.3",
                             "MR1@host.example",
                             "MR1@10.1.2",
                             "MR1@10.1.2.256",
                             "MR1@10.1.2.3/33",
                             "MR1@10.1.2.3/-1",
                             "MR1@10.1.2.3/x",
                             "MR1@[::1]",
                             "MR1@::1/129",
                             "MR1@fe80::1%eth0",
                             "SEVENTEEN_LETTERS@10.1.2.3"}) {
        try {
            parse_sender_rule(text);
            ADD_FAILURE() << text;
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), ErrorCode::usage) << text;
        }
    }
}

TEST(SenderRule, AllowsOnlyWhoIsNamed) {
    const std::vector<SenderRule> rules{parse_sender_rule("MR1@10.1.2.0/24"),
                                        parse_sender_rule("PACS@10.9.9.9"),
                                        parse_sender_rule("*@127.0.0.1")};
    EXPECT_TRUE(allows_sender(rules, "MR1", address("10.1.2.77")));
    EXPECT_FALSE(allows_sender(rules, "MR1", address("10.1.3.77")));
    EXPECT_FALSE(allows_sender(rules, "mr1", address("10.1.2.77"))) << "titles have a case";
    EXPECT_FALSE(allows_sender(rules, "MR1", address("10.9.9.9"))) << "one rule, not two halves";
    EXPECT_TRUE(allows_sender(rules, "ANYONE", address("127.0.0.1")));
    EXPECT_TRUE(allows_address(rules, address("10.9.9.9")));
    EXPECT_FALSE(allows_address(rules, address("10.9.9.8")));
    EXPECT_FALSE(allows_address({}, address("127.0.0.1")));
}

TEST(SenderRule, TellsIpv6FromIpv4) {
    const std::vector<SenderRule> rules{parse_sender_rule("MR1@fd12:3456::/32"),
                                        parse_sender_rule("PACS@::1"),
                                        parse_sender_rule("OLD@0.0.0.0/0")};
    EXPECT_TRUE(allows_sender(rules, "MR1", address("fd12:3456:ffff::1")));
    EXPECT_FALSE(allows_sender(rules, "MR1", address("fd12:3457::1")));
    EXPECT_TRUE(allows_sender(rules, "PACS", address("::1")));
    EXPECT_FALSE(allows_sender(rules, "PACS", address("127.0.0.1")));
    EXPECT_TRUE(allows_sender(rules, "OLD", address("::ffff:203.0.113.7"))) << "the same address";
    EXPECT_FALSE(allows_sender(rules, "OLD", address("2001:db8::7"))) << "every IPv4 address only";
}

TEST(SenderRule, AllowsEveryAddressOnlyWhenAsked) {
    const std::vector<SenderRule> rules{parse_sender_rule("MR1@0.0.0.0/0")};
    EXPECT_TRUE(allows_sender(rules, "MR1", address("203.0.113.7")));
    EXPECT_FALSE(allows_sender(rules, "MR2", address("203.0.113.7")));
}

}  // namespace
}  // namespace paraspinal

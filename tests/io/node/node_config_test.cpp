// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/node/node_config.h"

#include "core/error.h"

#include <gtest/gtest.h>

#include <string>

namespace paraspinal {
namespace {

std::string refusal(const std::string& text) {
    try {
        parse_node_config(text);
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::usage) << text;
        return error.what();
    }
    return "accepted";
}

void expect_refusal(const std::string& text, const std::string& words) {
    EXPECT_NE(refusal(text).find(words), std::string::npos) << text << "\n" << refusal(text);
}

TEST(NodeConfig, HasSafeDefaults) {
    const NodeConfig config = parse_node_config("allow = PACS@10.0.0.5\n");
    EXPECT_EQ(config.ae_title, "PARASPINAL");
    EXPECT_EQ(config.address, "127.0.0.1");
    EXPECT_EQ(config.port, 11112);
    EXPECT_TRUE(config.send_to.empty());
    EXPECT_FALSE(config.tls);
    EXPECT_EQ(config.limits, ReceiveLimits{});
}

TEST(NodeConfig, ListensByIpv6) {
    const std::string allow = "allow = PACS@fd00::/8\n";
    EXPECT_EQ(parse_node_config(allow + "listen = [::]:11112\n").address, "::");
    EXPECT_EQ(parse_node_config(allow + "listen = [fd00::7]:104\n").port, 104);
    for (const char* place :
         {"::1:104", "[::1]", "[::1]104", "[10.0.0.5]:104", "[::1:104", "[]:1"}) {
        expect_refusal(allow + "listen = " + place + "\n", "no place to listen");
    }
}

TEST(NodeConfig, ReadsEveryKey) {
    const NodeConfig config = parse_node_config(
        "# a comment\n"
        "ae-title = SPINE\n"
        "listen = 0.0.0.0:104   # every network\n"
        "allow = PACS@10.0.0.5\n"
        "allow = *@10.1.0.0/16\r\n"
        "\n"
        "send-to = PACS@pacs.example:4242\n"
        "send-to-tls = SAFE@10.0.0.6:2762\n"
        "quiet-seconds = 90\n"
        "commitment = yes\n"
        "notice = no\n"
        "keep-days = 0\n"
        "associations = 4\n"
        "idle-seconds = 30\n"
        "object-seconds = 120\n"
        "object-megabytes = 500\n"
        "free-disk-megabytes = 100\n"
        "tls-certificate = node.crt\n"
        "tls-key = node.key\n"
        "tls-authorities = hospital.crt\n");
    EXPECT_EQ(config.ae_title, "SPINE");
    EXPECT_EQ(config.address, "0.0.0.0");
    EXPECT_EQ(config.port, 104);
    EXPECT_EQ(config.allowed.size(), 2U);
    ASSERT_EQ(config.send_to.size(), 2U);
    EXPECT_EQ(config.send_to[0].host, "pacs.example");
    EXPECT_FALSE(config.send_to[0].tls);
    EXPECT_EQ(config.send_to[1].tls, config.tls);
    EXPECT_EQ(config.quiet_s, 90);
    EXPECT_TRUE(config.asks_commitment);
    EXPECT_FALSE(config.sends_notices);
    EXPECT_EQ(config.keep_days, 0);
    EXPECT_EQ(config.limits,
              (ReceiveLimits{.associations = 4,
                             .idle_s = 30,
                             .object_s = 120,
                             .object_mb = 500,
                             .free_disk_mb = 100}));
    ASSERT_TRUE(config.tls);
    EXPECT_EQ(config.tls->private_key, "node.key");
}

TEST(NodeConfig, SaysWhatIsWrongAndWhere) {
    const std::string allow = "allow = PACS@10.0.0.5\n";
    expect_refusal("", "nobody may send");
    expect_refusal(allow + "alow = MR@10.0.0.6\n",
                   "line 2: 'alow' is no setting (did you mean 'allow'?)");
    expect_refusal(allow + "send-to = A@10.0.0.5:104\nsend-to = A@10.0.0.6:104\n",
                   "two peers have the AE title 'A'");
    expect_refusal(allow + "send-to = A@[10.0.0.5]:104\n", "IPv6");
    expect_refusal(allow + "send-to = A@fe80::1:104\n", "IPv6");
    expect_refusal(allow + "metrics-port = 70000\n", "from 0 to 65535");
    expect_refusal(allow + "metrics-port = 11112\n", "is the port of listen");
    expect_refusal(allow + "port 104\n", "line 2: 'port 104' is no setting");
    expect_refusal(allow + "listen = 104\n", "is no place to listen");
    expect_refusal(allow + "listen = localhost:104\n", "is no place to listen");
    expect_refusal(allow + "listen = 127.0.0.1:70000\n", "from 0 to 65535");
    expect_refusal(allow + "commitment = perhaps\n", "'perhaps' is neither yes nor no");
    expect_refusal(allow + "quiet-seconds = soon\n", "'soon' is not a whole number");
    expect_refusal(allow + "quiet-seconds = 0\n", "from 1");
    expect_refusal(allow + "keep-days = 1\nkeep-days = 2\n", "line 3: 'keep-days' is set twice");
    expect_refusal(allow + "tls-key = node.key\n", "TLS needs all of");
    expect_refusal(allow + "send-to-tls = PACS@10.0.0.5:2762\n", "send-to-tls needs");
    for (const char* const one : {"line 1: ", "line 3: 'alow'", "TLS needs all of"}) {
        expect_refusal("allow = nobody\ntls-key = node.key\nalow = MR@10.0.0.6\n", one);
    }
}

}  // namespace
}  // namespace paraspinal

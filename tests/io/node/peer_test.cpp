// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/node/peer.h"

#include "core/error.h"

#include <gtest/gtest.h>

#include <string>

namespace paraspinal {
namespace {

TEST(Peer, IsSpelledWithTitleHostAndPort) {
    const Peer peer = parse_peer("PACS@10.0.0.5:11112");
    EXPECT_EQ(peer, (Peer{.ae_title = "PACS", .host = "10.0.0.5", .port = 11112}));
    EXPECT_EQ(peer_text(peer), "PACS@10.0.0.5:11112");
    EXPECT_EQ(parse_peer(" MY PACS @ pacs.example.org:104").ae_title, "MY PACS");
    EXPECT_EQ(parse_peer("A@pacs.example.org:65535").port, 65535);
    const Peer sixth = parse_peer("PACS@[2001:db8::5]:104");
    EXPECT_EQ(sixth, (Peer{.ae_title = "PACS", .host = "2001:db8::5", .port = 104}));
    EXPECT_EQ(peer_text(sixth), "PACS@[2001:db8::5]:104");
}

TEST(Peer, RefusalNamesTheWrongPart) {
    const auto refusal = [](const std::string& text) -> std::string {
        try {
            parse_peer(text);
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), ErrorCode::usage);
            return error.what();
        }
        return "accepted";
    };
    const std::string long_host(58, 'h');
    EXPECT_NE(refusal("10.0.0.5:104").find("there is no @"), std::string::npos);
    EXPECT_NE(refusal("PACS@10.0.0.5").find("there is no port"), std::string::npos);
    EXPECT_NE(refusal("PACS@:104").find("there is no host"), std::string::npos);
    EXPECT_NE(refusal("PACS@[::1]").find("there is no port"), std::string::npos);
    for (const char* host :
         {"::1", "[::1", "::1]", "[::1]]", "[]", "[pacs]", "[10.0.0.5]", "a:b"}) {
        EXPECT_NE(refusal("PACS@" + std::string(host) + ":104").find("IPv6"), std::string::npos)
            << host;
    }
    EXPECT_NE(refusal("PACS@" + long_host + ":104").find("longer than 57"), std::string::npos);
    for (const char* port : {"0", "65536", "-1", "", "dicom"}) {
        EXPECT_NE(refusal("PACS@host:" + std::string(port)).find("1 to 65535"), std::string::npos);
    }
    for (const char* title : {"", "  ", "SEVENTEEN_LETTERS", "A/B", "A\\B", "\xC3\x84", ".."}) {
        EXPECT_NE(refusal(title + std::string("@host:104")).find("AE title"), std::string::npos);
    }
}

}  // namespace
}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/review/access.h"

#include "pipeline/loopback/loopback.h"

#include <gtest/gtest.h>

#include <string>

namespace paraspinal {
namespace {

constexpr std::uint16_t kPort = 8700;
const std::string kToken(64, 'a');

RequestOrigin own_request(bool changes_something = false) {
    return {.host = "127.0.0.1:8700",
            .origin = changes_something ? "http://127.0.0.1:8700" : "",
            .fetch_site = "same-origin",
            .cookies = "other=1; paraspinal_8700=" + kToken,
            .changes_something = changes_something};
}

TEST(Access, LetsThePageInThatTheServerSent) {
    EXPECT_TRUE(is_own_request(own_request(), kPort, kToken));
    EXPECT_TRUE(is_own_request(own_request(true), kPort, kToken));
    RequestOrigin by_name = own_request();
    by_name.host = "localhost:8700";
    EXPECT_TRUE(is_own_request(by_name, kPort, kToken));
}

TEST(Access, TurnsAwayWhoHasNotTheToken) {
    for (const std::string& cookies : {std::string(),
                                       std::string("paraspinal_8700="),
                                       "paraspinal_8700=" + std::string(64, 'b'),
                                       "paraspinal_8700=" + kToken + "a",
                                       "paraspinal_8701=" + kToken}) {
        RequestOrigin request = own_request();
        request.cookies = cookies;
        EXPECT_FALSE(is_own_request(request, kPort, kToken)) << cookies;
    }
    EXPECT_FALSE(is_same_secret("", ""));
}

TEST(Access, TurnsAwayOtherNamesOfThisMachine) {
    for (const char* const host : {"",
                                   "evil.example:8700",
                                   "127.0.0.1",
                                   "127.0.0.1:8701",
                                   "127.0.0.1:8700.evil.example",
                                   "[::1]:8700"}) {
        RequestOrigin request = own_request();
        request.host = host;
        EXPECT_FALSE(is_own_request(request, kPort, kToken)) << host;
        EXPECT_FALSE(is_addressed_here(request.host, kPort)) << host;
    }
}

TEST(Access, TurnsAwayOtherSites) {
    for (const char* const origin :
         {"http://evil.example", "null", "https://127.0.0.1:8700", "http://127.0.0.1:8701"}) {
        RequestOrigin request = own_request();
        request.origin = origin;
        EXPECT_FALSE(is_own_request(request, kPort, kToken)) << origin;
    }
    RequestOrigin silent = own_request(true);
    silent.origin.clear();
    EXPECT_FALSE(is_own_request(silent, kPort, kToken)) << "a change must say where it comes from";
    RequestOrigin cross_site = own_request();
    cross_site.fetch_site = "cross-site";
    EXPECT_FALSE(is_own_request(cross_site, kPort, kToken));
}

TEST(Access, TokensDiffer) {
    const std::string token = random_token();
    EXPECT_EQ(token.size(), 64U);
    EXPECT_NE(token, random_token());
}

}  // namespace
}  // namespace paraspinal

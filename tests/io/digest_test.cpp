// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/digest.h"

#include "core/text.h"

#include <gtest/gtest.h>

#include <string>

namespace paraspinal {
namespace {

// Source: FIPS 180-4 examples; RFC 4231, test cases 1 and 2.
TEST(Digest, EqualsThePublishedExamples) {
    EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(hmac_sha256(std::string(20, '\x0b'), "Hi There"),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(hmac_sha256("Jefe", "what do ya want for nothing?"),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(UidName, IsTheFirstHalfOfTheDigest) {
    EXPECT_EQ(uid_name("abc"), "ba7816bf8f01cfea414140de5dae2223");
}

// Found in 23 s: a UID with the short hash of that of a sample study.
TEST(UidName, TellsApartWhatAShortHashDoesNot) {
    const std::string sample = "2.25.187644811810284026289082322599164572426";
    const std::string made = "2.25.1782481337772132112871320908366";
    EXPECT_EQ(short_hash(sample), short_hash(made));
    EXPECT_NE(uid_name(sample), uid_name(made));
}

}  // namespace
}  // namespace paraspinal

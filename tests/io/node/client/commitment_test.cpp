// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/node/client/commitment.h"

#include "core/error.h"
#include "tests/io/node/store_scp.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace paraspinal {
namespace {

using testing::StoreScp;
using testing::TemporaryFolder;

class Commitment : public ::testing::Test {
  protected:
    Commitment() {
        std::filesystem::create_directory(node_.path() / "commitments");
        for (const char* const name : {"commitments/1.2", "commitments/1.3", "secret"}) {
            std::ofstream(node_.path() / name) << "study abc: PACS@10.0.0.5:104";
        }
    }
    [[nodiscard]] std::filesystem::path node() const { return node_.path(); }
    [[nodiscard]] std::size_t open_requests() const {
        const std::filesystem::directory_iterator notes(node() / "commitments");
        return static_cast<std::size_t>(std::distance(begin(notes), end(notes)));
    }

  private:
    TemporaryFolder node_;
};

TEST_F(Commitment, IsAnsweredOnce) {
    EXPECT_EQ(answered_commitment(node(), "1.2", 0),
              "study abc: PACS@10.0.0.5:104 keeps what it was sent");
    EXPECT_EQ(answered_commitment(node(), "1.2", 0), std::nullopt);
    EXPECT_EQ(answered_commitment(node(), "1.3", 2),
              "study abc: PACS@10.0.0.5:104 does not keep 2 objects that it has taken; send them "
              "again (--resend)");
    EXPECT_EQ(open_requests(), 0U);
}

TEST_F(Commitment, TakesNoAnswerToWhatNobodyAsked) {
    for (const char* const name : {"", ".", "..", "../secret", "1.4", "/etc/passwd", "1.2/"}) {
        EXPECT_EQ(answered_commitment(node(), name, 0), std::nullopt) << name;
    }
    EXPECT_EQ(open_requests(), 2U);
    EXPECT_TRUE(std::filesystem::exists(node() / "secret"));
}

// storescp of dcmtk knows no storage commitment.
TEST_F(Commitment, IsNotNotedWhereItCannotBeAsked) {
    StoreScp peer;
    const Delivery delivery{
        .study = "abc", .peer = peer.peer(), .objects = {{"1.2.840.10008.5.1.4.1.1.4", "1.2.3"}}};
    const ClientOptions hasty{.connect_timeout_s = 2, .reply_timeout_s = 2};
    const auto code = [&] {
        try {
            ask_commitment(node(), delivery, hasty);
        } catch (const Error& error) {
            return error.code();
        }
        return ErrorCode::internal;
    };
    EXPECT_EQ(code(), ErrorCode::peer_unreachable);
    peer.start();
    EXPECT_EQ(code(), ErrorCode::peer_refused);
    EXPECT_EQ(open_requests(), 2U);
}

}  // namespace
}  // namespace paraspinal

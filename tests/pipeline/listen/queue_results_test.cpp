// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listen/queue_results.h"

#include "core/error.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <fstream>

namespace paraspinal::testing {
namespace {

TEST(QueueResults, QueuesWhatIsThereOnce) {
    const TemporaryFolder folder;
    const std::filesystem::path study = folder.path() / "study";
    std::filesystem::create_directory(study);
    std::ofstream(study / "seg.dcm") << "seg";
    std::ofstream(study / "overlay.png") << "png";
    SendQueue outbox(folder.path() / "outbox", {parse_peer("PACS@127.0.0.1:104")}, {});
    queue_results(study, &outbox);
    EXPECT_EQ(outbox.count().at(0).waiting, 1);
    queue_results(study, &outbox);
    EXPECT_EQ(outbox.count().at(0).waiting, 1) << "once";
    std::filesystem::remove_all(study);  // As before a study is measured again.
    std::filesystem::create_directory(study);
    std::ofstream(study / "seg.dcm") << "another";
    std::filesystem::create_directories(study / "levels/L4");
    std::ofstream(study / "levels/L4/seg.dcm") << "a third";
    queue_results(study, &outbox);
    EXPECT_EQ(outbox.count().at(0).waiting, 3);
}

TEST(QueueResults, QueuesAgainWhatIsAskedFor) {
    const TemporaryFolder folder;
    std::filesystem::create_directory(folder.path() / "study");
    std::ofstream(folder.path() / "study" / "seg.dcm") << "seg";
    SendQueue outbox(folder.path() / "outbox", {parse_peer("PACS@127.0.0.1:104")}, {});
    queue_results(folder.path() / "study", &outbox);
    EXPECT_FALSE(is_asked_again(folder.path()));
    EXPECT_EQ(ask_again(folder.path(), "study"), 1);
    EXPECT_EQ(ask_again(folder.path(), "all"), 1) << "only folders of studies";
    EXPECT_TRUE(is_asked_again(folder.path()));
    EXPECT_EQ(take_asked_again(folder.path()), std::vector<std::string>{"study"});
    queue_results(folder.path() / "study", &outbox);
    EXPECT_EQ(outbox.count().at(0).waiting, 2);
    EXPECT_TRUE(take_asked_again(folder.path()).empty());
    EXPECT_THROW(ask_again(folder.path(), "other"), Error);
    EXPECT_THROW(ask_again(folder.path(), "../" + folder.path().filename().string() + "/study"),
                 Error);
}

TEST(QueueResults, WithoutPeersIsNotMadeUpForLater) {
    const TemporaryFolder study;
    std::ofstream(study.path() / "seg.dcm") << "seg";
    queue_results(study.path(), nullptr);
    const TemporaryFolder folder;
    SendQueue outbox(folder.path(), {parse_peer("PACS@127.0.0.1:104")}, {});
    queue_results(study.path(), &outbox);
    EXPECT_EQ(outbox.count().at(0).waiting, 0);
}

}  // namespace
}  // namespace paraspinal::testing

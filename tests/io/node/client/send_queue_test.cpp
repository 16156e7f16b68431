// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/node/client/send_queue.h"

#include "core/error.h"
#include "io/node/client/send_objects.h"
#include "tests/io/node/answering_peer.h"
#include "tests/io/node/store_scp.h"
#include "tests/support/dicom_phantom.h"

#include <gtest/gtest.h>

#include <array>
#include <csignal>
#include <fstream>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace paraspinal {
namespace {

using std::chrono::seconds;
using std::filesystem::path;
using testing::AnsweringPeer;
using testing::DicomPhantom;
using testing::StoreScp;

constexpr SendQueue::TimePoint kStart{std::chrono::hours(1000)};
constexpr ClientOptions kHasty{.connect_timeout_s = 2, .reply_timeout_s = 2};

class SendQueueTest : public ::testing::Test {
  protected:
    // An object named by its number, so that order shows.
    path object(int number) {
        DicomPhantom phantom;
        phantom.size = {.rows = 8, .cols = 8};
        phantom.sop_instance_uid = uid(number);
        const path file = folder_.path() / (std::to_string(number) + ".dcm");
        write_dicom(file, phantom);
        return file;
    }
    static std::string uid(int number) { return "1.2.3." + std::to_string(number); }

    SendQueue queue_to(const std::vector<Peer>& peers) { return {outbox(), peers, kHasty}; }
    [[nodiscard]] path outbox() const { return folder_.path() / "outbox"; }

  private:
    testing::TemporaryFolder folder_;
};

TEST_F(SendQueueTest, DeliversToEveryPeerAndLeavesAnEmptyOutbox) {
    StoreScp first;
    first.start();
    const AnsweringPeer second({});
    SendQueue queue = queue_to({first.peer(), second.peer()});
    queue.enqueue({object(1), object(2)});
    EXPECT_EQ(queue.count().at(0).waiting, 2);
    const SendRound round = queue.send_due(kStart);
    EXPECT_EQ(round.stored, 4);
    EXPECT_TRUE(round.messages.empty());
    EXPECT_EQ(first.files(), (std::vector<std::string>{"MR.1.2.3.1", "MR.1.2.3.2"}));
    EXPECT_TRUE(std::filesystem::is_empty(outbox() / "STORESCP" / "waiting"));
    EXPECT_EQ(queue.send_due(kStart).stored, 0);
}

TEST_F(SendQueueTest, SaysOfWhichStudyItHasDelivered) {
    StoreScp peer;
    peer.start();
    SendQueue queue = queue_to({peer.peer()});
    queue.enqueue({object(1), object(2)}, "abc");
    queue.enqueue({object(3)}, "def");
    const std::vector<Delivery> deliveries = queue.send_due(kStart).deliveries;
    ASSERT_EQ(deliveries.size(), 2U);
    EXPECT_EQ(delivery_text(deliveries[0]),
              "study abc: delivered 1, 2 to " + peer_text(peer.peer()));
    EXPECT_EQ(delivery_text(deliveries[1]), "study def: delivered 3 to " + peer_text(peer.peer()));
    EXPECT_EQ(deliveries[1].study, "def");
    EXPECT_EQ(deliveries[1].objects.at(0).sop_instance_uid, uid(3));
    EXPECT_EQ(deliveries[1].objects.at(0).sop_class_uid, "1.2.840.10008.5.1.4.1.1.4");
    EXPECT_TRUE(std::filesystem::is_empty(outbox() / "STORESCP" / "waiting"));
}

TEST_F(SendQueueTest, SendsNothingThatIsNotWantedAnyMore) {
    StoreScp peer;
    peer.start();
    SendQueue queue = queue_to({peer.peer()});
    queue.enqueue({object(1)}, "abc");
    queue.enqueue({object(2)}, "def");
    const SendRound round = queue.send_due(
        kStart,
        [] { return false; },
        [](const std::string& study) { return study == "abc" ? std::string("rejected") : ""; });
    EXPECT_EQ(round.stored, 1);
    EXPECT_EQ(peer.files(), std::vector<std::string>{"MR.1.2.3.2"});
    EXPECT_EQ(round.messages,
              std::vector<std::string>{"study abc: taken out of the outbox of STORESCP: rejected"});
    EXPECT_TRUE(std::filesystem::is_empty(outbox() / "STORESCP" / "waiting"));
}

TEST_F(SendQueueTest, KeepsItsOwnHoldOfTheFiles) {
    StoreScp peer;
    SendQueue queue = queue_to({peer.peer()});
    const path file = object(1);
    queue.enqueue({file});
    std::filesystem::remove(file);
    peer.start();
    EXPECT_EQ(queue.send_due(kStart).stored, 1);
}

TEST_F(SendQueueTest, WaitsLongerAndLongerForAPeerThatIsDownAndThenDelivers) {
    StoreScp peer;
    SendQueue queue = queue_to({peer.peer()});
    queue.enqueue({object(1)});
    SendQueue::TimePoint now = kStart;
    for (const int wait_s : {5, 10, 20, 40, 80, 160, 320, 600, 600}) {
        const SendRound round = queue.send_due(now);
        ASSERT_EQ(round.messages.size(), 1U);
        EXPECT_NE(round.messages[0].find("does not answer"), std::string::npos);
        EXPECT_TRUE(queue.send_due(now + seconds(wait_s - 1)).messages.empty()) << wait_s;
        now += seconds(wait_s);
    }
    peer.start();
    EXPECT_EQ(queue.send_due(now).stored, 1);
    peer.stop();
    queue.enqueue({object(2)});
    EXPECT_EQ(queue.send_due(now).messages.size(), 1U) << "the long wait should be over";
    EXPECT_EQ(queue.send_due(now + seconds(5)).messages.size(), 1U) << "waits should start anew";
}

TEST_F(SendQueueTest, OnePeerBeingDownDoesNotHoldUpTheOther) {
    const StoreScp down;
    StoreScp up;
    up.start();
    Peer named = down.peer();
    named.ae_title = "DOWN";
    SendQueue queue = queue_to({named, up.peer()});
    queue.enqueue({object(1)});
    EXPECT_EQ(queue.send_due(kStart).stored, 1);
    EXPECT_EQ(queue.count().at(0).waiting, 1);
    EXPECT_EQ(queue.count().at(1).waiting, 0);
}

TEST_F(SendQueueTest, GivesUpARefusedObjectAfterAWhileAndSendsTheOthers) {
    const AnsweringPeer peer({.odd_one_uid = uid(2), .odd_status = 0xA900});
    SendQueue queue = queue_to({peer.peer()});
    queue.enqueue({object(1), object(2)});
    queue.enqueue({object(3)});
    SendQueue::TimePoint now = kStart;
    EXPECT_EQ(queue.send_due(now).stored, 2);
    for (int refusals = 2; refusals <= SendQueue::kMaxRefusals; ++refusals) {
        EXPECT_EQ(queue.count().at(0).failed, 0);
        now += SendQueue::kLongestWait;
        const SendRound round = queue.send_due(now);
        EXPECT_EQ(round.refused, 1);
        EXPECT_NE(round.messages.at(0).find("0xA900"), std::string::npos);
    }
    EXPECT_EQ(queue.count().at(0).failed, 1);
    EXPECT_EQ(queue.count().at(0).waiting, 0);
    EXPECT_TRUE(exists(outbox() / "ANSWERING/failed/000000000001/001-2.dcm"));
}

TEST_F(SendQueueTest, AnObjectThatBreaksThePeerHoldsUpNoOther) {
    const AnsweringPeer peer({.odd_one_uid = uid(1), .odd_status = AnsweringPeer::kBreakOff});
    SendQueue queue = queue_to({peer.peer()});
    for (const int number : {1, 2, 3}) {
        queue.enqueue({object(number)});
    }
    EXPECT_EQ(queue.send_due(kStart).stored, 0);
    EXPECT_EQ(queue.send_due(kStart + SendQueue::kFirstWait).stored, 2);
    EXPECT_EQ(queue.count().at(0).waiting, 1);
    EXPECT_EQ(queue.count().at(0).failed, 0);
}

TEST_F(SendQueueTest, AFullPeerIsTriedAgainWithoutEnd) {
    const AnsweringPeer peer({.status = 0xA700});
    SendQueue queue = queue_to({peer.peer()});
    queue.enqueue({object(1)});
    SendQueue::TimePoint now = kStart;
    for (int time = 0; time <= SendQueue::kMaxRefusals; ++time, now += SendQueue::kLongestWait) {
        const SendRound round = queue.send_due(now);
        EXPECT_NE(round.messages.at(0).find("out of resources"), std::string::npos);
    }
    EXPECT_EQ(queue.count().at(0).waiting, 1);
}

TEST_F(SendQueueTest, ADuplicateOrAWarningCountsAsStored) {
    for (const std::uint16_t status :
         std::initializer_list<std::uint16_t>{0x0111, 0xB000, 0xB007}) {
        const AnsweringPeer peer({.status = status});
        SendQueue queue = queue_to({peer.peer()});
        queue.enqueue({object(1)});
        EXPECT_EQ(queue.send_due(kStart).stored, 1) << status;
    }
}

TEST_F(SendQueueTest, SendsInTheOrderOfArrivalAcrossRestarts) {
    const AnsweringPeer peer({.odd_one_uid = uid(11), .odd_status = AnsweringPeer::kBreakOff});
    for (int number = 1; number <= 12; ++number) {
        queue_to({peer.peer()}).enqueue({object(number)});
    }
    SendQueue queue = queue_to({peer.peer()});
    EXPECT_EQ(queue.send_due(kStart, [] { return true; }).stored, 0) << "should_stop not heard";
    EXPECT_EQ(queue.send_due(kStart).stored, 10);
    const path waiting = outbox() / "ANSWERING" / "waiting";
    EXPECT_TRUE(exists(waiting / "000000000011" / "000-11.dcm"));
    EXPECT_TRUE(exists(waiting / "000000000012" / "000-12.dcm"));
}

TEST_F(SendQueueTest, SendsHundredsInAFewAssociations) {
    const AnsweringPeer peer({});
    SendQueue queue = queue_to({peer.peer()});
    const path file = object(1);
    constexpr int kCount = 200;
    for (int i = 0; i < kCount; ++i) {
        queue.enqueue({file});
    }
    EXPECT_EQ(queue.send_due(kStart).stored, kCount);
}

TEST_F(SendQueueTest, ClearsAwayWhatAKillLeftHalfDone) {
    StoreScp peer;
    queue_to({peer.peer()}).enqueue({object(1)});
    const path box = outbox() / "STORESCP";
    create_directories(box / "partial" / "000000000002");  // Killed while it enqueued.
    std::ofstream(box / "partial" / "000000000002" / "000-2.dcm") << "half a";
    create_directories(box / "waiting" / "000000000000");  // Killed after the last object was sent.
    peer.start();
    SendQueue queue = queue_to({peer.peer()});
    EXPECT_EQ(queue.send_due(kStart).stored, 1);
    EXPECT_FALSE(exists(box / "partial"));
    EXPECT_TRUE(std::filesystem::is_empty(box / "waiting"));
}

TEST_F(SendQueueTest, LosesNothingWhenItIsKilled) {
    StoreScp peer;
    peer.start();
    constexpr int kObjects = 60;
    std::vector<path> files;
    for (int number = 0; number < kObjects; ++number) {
        files.push_back(object(number));
    }
    // A child enqueues and sends, and is killed at some moment, again and again. What it has
    // enqueued it notes in a pipe.
    int enqueued = 0;
    for (int kill_after_ms = 10; enqueued < kObjects; kill_after_ms += 10) {
        std::array<int, 2> notes{};
        ASSERT_EQ(pipe(notes.data()), 0);
        const pid_t child = fork();
        if (child == 0) {
            SendQueue queue = queue_to({peer.peer()});
            for (int i = enqueued; i < kObjects; ++i) {
                queue.enqueue({files[static_cast<std::size_t>(i)]});
                if (write(notes[1], "x", 1) != 1) {
                    _exit(1);
                }
                queue.send_due(kStart);
            }
            _exit(0);
        }
        close(notes[1]);
        std::this_thread::sleep_for(std::chrono::milliseconds(kill_after_ms));
        kill(child, SIGKILL);
        waitpid(child, nullptr, 0);
        for (char note = 0; read(notes[0], &note, 1) == 1;) {
            ++enqueued;
        }
        close(notes[0]);
    }
    SendQueue queue = queue_to({peer.peer()});
    queue.send_due(kStart);
    EXPECT_EQ(queue.count().at(0).waiting, 0);
    EXPECT_EQ(peer.files().size(), static_cast<std::size_t>(kObjects));
}

TEST_F(SendQueueTest, RefusesTwoPeersOfOneTitle) {
    const Peer peer = parse_peer("PACS@127.0.0.1:104");
    EXPECT_THROW(queue_to({peer, peer}), Error);
}

}  // namespace
}  // namespace paraspinal

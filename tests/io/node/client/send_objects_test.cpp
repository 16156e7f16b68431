// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/node/client/send_objects.h"

#include "tests/io/node/answering_peer.h"
#include "tests/io/node/store_scp.h"
#include "tests/support/dicom_phantom.h"
#include "tests/support/loopback.h"
#include "tests/support/orthanc.h"

#include <gtest/gtest.h>

#include <fstream>

namespace paraspinal {
namespace {

using std::filesystem::path;
using testing::AnsweringPeer;
using testing::DicomPhantom;
using testing::Orthanc;
using testing::StoreScp;
using testing::TemporaryFolder;

constexpr const char* kSegmentation = "1.2.840.10008.5.1.4.1.1.66.4";
constexpr ClientOptions kHasty{.connect_timeout_s = 1, .reply_timeout_s = 1};

std::vector<path> write_objects(const path& folder, int count, const DicomPhantom& first = {}) {
    return write_all(folder, testing::stack_of(first, count, 4));
}

path write_segmentation(const path& file) {
    DicomPhantom phantom;
    phantom.sop_instance_uid = "1.2.3.66";
    phantom.changes = {{0x0008, 0x0016, kSegmentation}};
    write_dicom(file, phantom);
    return file;
}

std::vector<SendOutcome> outcomes(const std::vector<SendResult>& results) {
    std::vector<SendOutcome> outcomes;
    for (const SendResult& result : results) {
        outcomes.push_back(result.outcome);
    }
    return outcomes;
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(SendObjects, StoresSeveralKindsOverOneAssociation) {
    const TemporaryFolder folder;
    StoreScp peer;
    peer.start();
    std::vector<path> files = write_objects(folder.path(), 2);
    files.push_back(write_segmentation(folder.path() / "seg.dcm"));
    const auto results = send_objects(files, peer.peer(), {});
    EXPECT_EQ(outcomes(results), std::vector(3, SendOutcome::stored));
    EXPECT_EQ(peer.files().size(), 3U);
    EXPECT_EQ(peer.files().back(), "SG.1.2.3.66");
}

TEST(SendObjects, ConvertsForAPeerThatTakesImplicitLittleEndianOnly) {
    const TemporaryFolder folder;
    StoreScp peer({"--implicit"});
    peer.start();
    const auto results = send_objects(write_objects(folder.path(), 1), peer.peer(), {});
    EXPECT_EQ(outcomes(results), std::vector{SendOutcome::stored});
}

TEST(SendObjects, LeavesCompressedPixelsAsTheyAreOrIsRefused) {
    const TemporaryFolder folder;
    const auto files = write_objects(folder.path(), 1, {.syntax = testing::Syntax::jpeg_lossless});
    StoreScp any({"--accept-all"});
    any.start();
    EXPECT_EQ(outcomes(send_objects(files, any.peer(), {})), std::vector{SendOutcome::stored});
    StoreScp plain({"--implicit"});
    plain.start();
    const auto results = send_objects(files, plain.peer(), {});
    EXPECT_EQ(outcomes(results), std::vector{SendOutcome::refused});
    EXPECT_TRUE(has(results[0].message, "takes no objects of this kind")) << results[0].message;
}

TEST(SendObjects, SkipsWhatIsNoDicomFile) {
    const TemporaryFolder folder;
    StoreScp peer;
    peer.start();
    std::vector<path> files = write_objects(folder.path(), 1);
    files.push_back(folder.path() / "notes.txt");
    std::ofstream(files.back()) << "not DICOM";
    EXPECT_EQ(outcomes(send_objects(files, peer.peer(), {})),
              (std::vector{SendOutcome::stored, SendOutcome::unreadable}));
    peer.stop();
    EXPECT_EQ(outcomes(send_objects({files.back()}, peer.peer(), {})),
              std::vector{SendOutcome::unreadable});
}

TEST(SendObjects, SaysThatNobodyListens) {
    const TemporaryFolder folder;
    const StoreScp peer;
    const auto results = send_objects(write_objects(folder.path(), 2), peer.peer(), kHasty);
    EXPECT_EQ(outcomes(results), std::vector(2, SendOutcome::not_sent));
    EXPECT_TRUE(has(results[0].message, peer_text(peer.peer()) + " does not answer"))
        << results[0].message;
}

TEST(SendObjects, SaysThatThePeerTurnsUsAway) {
    const TemporaryFolder folder;
    StoreScp peer({"--refuse"});
    peer.start();
    const auto results = send_objects(write_objects(folder.path(), 1), peer.peer(), {});
    EXPECT_EQ(outcomes(results), std::vector{SendOutcome::not_sent});
    EXPECT_TRUE(has(results[0].message, "turns us away")) << results[0].message;
    EXPECT_TRUE(has(results[0].message, "'PARASPINAL'")) << results[0].message;
}

TEST(SendObjects, StopsAtTheObjectWhereThePeerBreaksOff) {
    const TemporaryFolder folder;
    StoreScp peer({"--abort-after"});
    peer.start();
    const auto results = send_objects(write_objects(folder.path(), 3), peer.peer(), {});
    EXPECT_EQ(outcomes(results),
              (std::vector{SendOutcome::unanswered, SendOutcome::not_sent, SendOutcome::not_sent}));
}

TEST(SendObjects, TakesNoAnswerForWhatItDidNotSend) {
    const TemporaryFolder folder;
    const auto files = write_objects(folder.path(), 2);
    for (const AnsweringPeer::Answers& answers :
         {AnsweringPeer::Answers{.names_other_object = true},
          AnsweringPeer::Answers{.names_other_message = true}}) {
        const AnsweringPeer liar(answers);
        const auto results = send_objects(files, liar.peer(), kHasty);
        EXPECT_EQ(outcomes(results), (std::vector{SendOutcome::unanswered, SendOutcome::not_sent}));
        EXPECT_TRUE(has(results[0].message, "answers something else")) << results[0].message;
    }
    const AnsweringPeer honest({});
    EXPECT_EQ(outcomes(send_objects(files, honest.peer(), kHasty)),
              std::vector(2, SendOutcome::stored));
}

TEST(SendObjects, GivesUpOnAPeerThatFallsSilent) {
    const TemporaryFolder folder;
    StoreScp peer({"--sleep-during", "3"});
    peer.start();
    const auto results = send_objects(write_objects(folder.path(), 1), peer.peer(), kHasty);
    EXPECT_EQ(outcomes(results), std::vector{SendOutcome::unanswered});
    // Somebody who takes the connection and never says a word.
    const auto deaf = testing::LoopbackSocket::listening();
    const Peer mute{.ae_title = "MUTE", .host = "127.0.0.1", .port = deaf.port()};
    EXPECT_EQ(outcomes(send_objects(write_objects(folder.path(), 1), mute, kHasty)),
              std::vector{SendOutcome::not_sent});
}

TEST(SendObjects, StoresIntoOrthancTwiceAndUnderItsTitleOnly) {
    PARASPINAL_REQUIRE_ORTHANC();
    const TemporaryFolder folder;
    const Orthanc orthanc;
    std::vector<path> files = write_objects(folder.path(), 2);
    files.push_back(write_segmentation(folder.path() / "seg.dcm"));
    Peer peer = parse_peer(orthanc.peer());
    for (int time = 0; time < 2; ++time) {
        EXPECT_EQ(outcomes(send_objects(files, peer, {})), std::vector(3, SendOutcome::stored));
    }
    EXPECT_TRUE(has(orthanc.get("/statistics"), "\"CountInstances\" : 3"));
    peer.ae_title = "SOMEBODY";
    const auto results = send_objects(files, peer, {});
    EXPECT_EQ(outcomes(results), std::vector(3, SendOutcome::not_sent));
    EXPECT_TRUE(has(results[0].message, "goes by another AE title")) << results[0].message;
}

}  // namespace
}  // namespace paraspinal

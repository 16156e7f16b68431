// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/node/client/commitment.h"
#include "io/node/peer.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace paraspinal {

/// What one call of SendQueue::send_due did.
struct SendRound {
    int stored = 0;    ///< Objects that peers now have.
    int refused = 0;   ///< Answers that said no; the objects are tried again later.
    int given_up = 0;  ///< Objects moved to `failed`.
    /// One for each entry of which a peer has taken objects.
    std::vector<Delivery> deliveries;
    std::vector<std::string>
        messages;  ///< For the log: one for each peer out of reach and refusal.
};

/// What lies in the outbox of one peer.
struct OutboxCount {
    std::string ae_title;
    std::int64_t waiting = 0;  ///< Objects still to be sent.
    std::int64_t failed = 0;   ///< Objects that the peer refused for good.
};

/// A durable outbox of DICOM files for a few peers.
///
/// What `enqueue` has taken is on disk and stays there until the peer has confirmed it; kill -9 at
/// any moment loses nothing, though the peer may then get an object twice. Objects go out in the
/// order in which they came, peer by peer, those that failed before last. A peer that is out of
/// reach, turns us away or has no room is tried again without end; a refused object kMaxRefusals
/// times. After a restart waiting times and refusals are counted anew.
///
/// FOLDER/AET/waiting/000000000012-STUDY/000-seg.dcm   to be sent; a folder a call of enqueue
/// FOLDER/AET/failed/000000000007-STUDY/001-sr.dcm     refused for good; move it back to retry
///
/// One process at a time; enqueue and send_due may run in different threads.
class SendQueue {
  public:
    using TimePoint = std::chrono::steady_clock::time_point;

    /// Wait after the first failure; doubled by each further one, up to the longest.
    static constexpr std::chrono::seconds kFirstWait{5};
    static constexpr std::chrono::seconds kLongestWait{600};
    /// A peer that refused an object this often, over half an hour, will not change its mind.
    static constexpr int kMaxRefusals = 10;
    /// Entries (calls of enqueue) that share an association.
    static constexpr std::size_t kEntriesPerAssociation = 32;

    /// Throws Error usage when two peers have one AE title, output_not_writable when the folder
    /// cannot be made, and as check_tls_files.
    SendQueue(std::filesystem::path folder, std::vector<Peer> peers, ClientOptions options);

    /// Puts `files` into the outbox of every peer, as hard links where the file system allows, so
    /// they may be deleted or replaced (by rename) afterward. `study` is what the log calls them.
    /// Throws Error output_not_writable; calling again is safe.
    void enqueue(const std::vector<std::filesystem::path>& files, const std::string& study = {});

    /// Why the objects of a study are not wanted any more; empty: they are.
    using Objection = std::function<std::string(const std::string& study)>;

    /// Sends what is due at `now`, which never goes back from call to call. Takes as long as the
    /// peers do; before each association `should_stop` is asked, and `why_not` about each study of
    /// it: what it objects to leaves the outbox unsent, with a message.
    SendRound send_due(
        TimePoint now,
        const std::function<bool()>& should_stop = [] { return false; },
        const Objection& why_not = [](const std::string&) { return std::string(); });

    /// One for each peer, in their order. Counts files: not for every millisecond.
    [[nodiscard]] std::vector<OutboxCount> count() const;

  private:
    struct Wait {
        int failures = 0;
        TimePoint until{};
    };
    using Folders = std::vector<std::filesystem::path>;

    [[nodiscard]] Folders due_entries(const Peer& peer, TimePoint now) const;
    void send_due_to(const Peer& peer,
                     TimePoint now,
                     const std::function<bool()>& should_stop,
                     const Objection& why_not,
                     SendRound& round);
    bool send_entries(const Peer& peer, const Folders& entries, TimePoint now, SendRound& round);
    void settle(const std::filesystem::path& entry,
                bool was_refused,
                TimePoint now,
                SendRound& round);

    std::filesystem::path folder_;
    std::vector<Peer> peers_;
    ClientOptions options_;
    std::mutex numbering_;
    std::uint64_t next_number_ = 1;
    std::map<std::string, Wait> peer_waits_;
    std::map<std::filesystem::path, Wait> entry_waits_;  // By folder.
};

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/node/peer.h"

#include <cstdint>
#include <string>
#include <sys/types.h>

namespace paraspinal::testing {

/// A storage node that keeps nothing and answers every object with `status`; `odd_one_uid` is the
/// SOP instance UID of an object that gets `odd_status` instead, where 0xFFFF means: break off.
/// A process of its own, killed at the end of the scope.
class AnsweringPeer {
  public:
    struct Answers {
        std::uint16_t status = 0;
        std::string odd_one_uid;
        std::uint16_t odd_status = 0;
        bool names_other_object = false;   ///< Answers for a UID that it was not sent.
        bool names_other_message = false;  ///< Answers a message that it was not sent.
    };
    static constexpr std::uint16_t kBreakOff = 0xFFFF;

    explicit AnsweringPeer(const Answers& answers);
    ~AnsweringPeer();
    AnsweringPeer(const AnsweringPeer&) = delete;
    AnsweringPeer& operator=(const AnsweringPeer&) = delete;
    AnsweringPeer(AnsweringPeer&&) = delete;
    AnsweringPeer& operator=(AnsweringPeer&&) = delete;

    [[nodiscard]] const Peer& peer() const { return peer_; }

  private:
    Peer peer_;
    pid_t child_ = -1;
};

}  // namespace paraspinal::testing

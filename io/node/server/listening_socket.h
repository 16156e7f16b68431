// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/node/ip_address.h"

#include <cstdint>
#include <optional>
#include <string>

namespace paraspinal {

/// A TCP socket that listens, by IPv4 or IPv6.
class ListeningSocket {
  public:
    /// `address` as parse_ip_address() reads it; "::" takes connections by IPv4 too.
    /// `port` 0: any that is free. Tries for some seconds when it is taken, as by a process that is
    /// just ending. Throws Error usage when it cannot be had.
    ListeningSocket(const std::string& address, std::uint16_t port);
    ~ListeningSocket();
    ListeningSocket(const ListeningSocket&) = delete;
    ListeningSocket& operator=(const ListeningSocket&) = delete;
    ListeningSocket(ListeningSocket&&) = delete;
    ListeningSocket& operator=(ListeningSocket&&) = delete;

    [[nodiscard]] int descriptor() const { return descriptor_; }
    [[nodiscard]] std::uint16_t port() const;

    struct Connection {
        int socket = -1;
        IpAddress address;  ///< Of the other side.
    };
    /// The next connection; nullopt when none comes within `wait_ms`.
    [[nodiscard]] std::optional<Connection> accept_within(int wait_ms) const;

  private:
    int descriptor_ = -1;
};

}  // namespace paraspinal

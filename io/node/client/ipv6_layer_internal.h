// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/node/peer.h"
#include "io/node/server/listening_socket.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmnet/dcmlayer.h>

#include <cstdint>

namespace paraspinal {

/// Transport to a peer at an IPv6 address, which DCMTK 3.6.7 cannot be told: it takes what follows
/// the first colon for the port. It is told a socket of ours on the loopback instead, which accepts
/// nothing; when DCMTK has connected to that, its descriptor is made one of a connection with the
/// peer.
class Ipv6Layer : public DcmTransportLayer {
  public:
    /// `tls`: what encrypts; nullptr: nothing does. Both must outlive it. Throws Error usage when
    /// there is no port.
    Ipv6Layer(const Peer& peer, int timeout_s, DcmTransportLayer* tls);

    /// What DCMTK is to call on 127.0.0.1.
    [[nodiscard]] std::uint16_t port() const { return stand_in_.port(); }

    /// nullptr, and `errno`, when the peer cannot be reached within the time.
    DcmTransportConnection* createConnection(DcmNativeSocketType socket, OFBool is_secure) override;

  private:
    const Peer& peer_;
    int timeout_s_;
    DcmTransportLayer* tls_;
    ListeningSocket stand_in_{"127.0.0.1", 0};
};

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/node/client/ipv6_layer_internal.h"

#include <dcmtk/dcmnet/dcmtrans.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace paraspinal {
namespace {

// Makes `descriptor` a connection with the peer. On Linux the timeout of sending is that of
// connecting too (socket(7)).
bool is_connected(int descriptor, const Peer& peer, int timeout_s) {
    sockaddr_in6 place{};
    place.sin6_family = AF_INET6;
    place.sin6_port = htons(peer.port);
    inet_pton(AF_INET6, peer.host.c_str(), &place.sin6_addr);
    // NOLINTNEXTLINE(*-reinterpret-cast): the socket API.
    const auto* const general = reinterpret_cast<const sockaddr*>(&place);
    const timeval limit{.tv_sec = timeout_s, .tv_usec = 0};
    const timeval none{};
    return setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit) == 0 &&
           connect(descriptor, general, sizeof place) == 0 &&
           setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &none, sizeof none) == 0;
}

}  // namespace

Ipv6Layer::Ipv6Layer(const Peer& peer, int timeout_s, DcmTransportLayer* tls)
    : peer_(peer), timeout_s_(timeout_s), tls_(tls) {}

DcmTransportConnection* Ipv6Layer::createConnection(DcmNativeSocketType socket, OFBool is_secure) {
    const int descriptor = ::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool is_there = descriptor >= 0 && dup3(descriptor, socket, O_CLOEXEC) >= 0;
    close(descriptor);
    if (!is_there || !is_connected(socket, peer_, timeout_s_)) {
        return nullptr;
    }
    // NOLINTNEXTLINE(*-owning-memory): DCMTK takes it.
    return tls_ != nullptr ? tls_->createConnection(socket, is_secure)
                           : new DcmTCPConnection(socket);
}

}  // namespace paraspinal

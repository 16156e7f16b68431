// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/node/tls_files.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// A DICOM node that we call: its application entity (AE) title and where it listens.
struct Peer {
    std::string ae_title;
    std::string host;  ///< Name, IPv4 or IPv6 address, the last without brackets.
    std::uint16_t port = 0;
    std::optional<TlsFiles> tls;  ///< Absent: not encrypted.
    friend bool operator==(const Peer&, const Peer&) = default;
};

/// The peer that "AET@host:port" spells; an IPv6 address stands in brackets, "AET@[::1]:104".
/// Throws Error usage saying which part is wrong.
Peer parse_peer(std::string_view text);

/// Whether the host of a peer is an IPv6 address.
bool is_ipv6(const std::string& host);

/// Throws Error usage when two of `peers` have one AE title, which names what is kept for each.
void require_distinct_titles(const std::vector<Peer>& peers);

/// "AET@host:port", for messages.
std::string peer_text(const Peer& peer);

/// `text` without blanks around it when it can be an AE title (1 to 16 printable ASCII characters
/// without backslash, PS3.5 table 6.2-1, and without "/" and "@", for it names folders and stands
/// in "AET@host:port"). Else throws Error usage.
std::string parse_ae_title(std::string_view text);

/// How we call peers.
struct ClientOptions {
    std::string own_ae_title = "PARASPINAL";  ///< What the peer must know us by.
    int connect_timeout_s = 10;               ///< Until the connection stands.
    int reply_timeout_s = 60;                 ///< Until the peer says anything more.
};

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/node/peer.h"

#include "core/error.h"
#include "core/text.h"
#include "io/node/ip_address.h"

#include <algorithm>
#include <arpa/inet.h>
#include <limits>

namespace paraspinal {
namespace {

constexpr std::size_t kMaxAeTitleLength = 16;
constexpr std::size_t kMaxHostLength = 57;  // DCMTK keeps host and port in 64 bytes.

bool may_stand_in_ae_title(char letter) {
    return letter >= ' ' && letter <= '~' && letter != '\\' && letter != '/' && letter != '@';
}

[[noreturn]] void refuse(std::string_view peer, const std::string& why) {
    throw Error(ErrorCode::usage,
                "'" + std::string(peer) + "' is no DICOM peer: " + why +
                    "; write it as AET@host:port, as in PACS@10.0.0.5:11112");
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
    const auto port = parse_integer(text);
    if (!port || *port < 1 || *port > std::numeric_limits<std::uint16_t>::max()) {
        return std::nullopt;
    }
    return static_cast<std::uint16_t>(*port);
}

}  // namespace

std::string parse_ae_title(std::string_view text) {
    const std::string_view title = trimmed(text);
    if (title.empty() || title.size() > kMaxAeTitleLength ||
        !std::ranges::all_of(title, may_stand_in_ae_title) || title == "." || title == "..") {
        throw Error(
            ErrorCode::usage,
            "'" + std::string(text) + "' is no AE title: 1 to 16 ASCII characters without \\ / @");
    }
    return std::string(title);
}

Peer parse_peer(std::string_view text) {
    const std::size_t at = text.find('@');
    if (at == std::string_view::npos) {
        refuse(text, "there is no @");
    }
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos || colon < at || text.back() == ']') {
        refuse(text, "there is no port");
    }
    std::string_view host = trimmed(text.substr(at + 1, colon - at - 1));
    const bool has_brackets = host.starts_with('[') && host.ends_with(']');
    host = has_brackets ? host.substr(1, host.size() - 2) : host;
    if (has_brackets != is_ipv6(std::string(host)) ||
        (!has_brackets && host.find(':') != std::string_view::npos)) {
        refuse(text, "an IPv6 address, and nothing else, stands in brackets, as in PACS@[::1]:104");
    }
    const std::optional<std::uint16_t> port = parse_port(text.substr(colon + 1));
    if (!port) {
        refuse(text, "the port is not a number from 1 to 65535");
    }
    Peer peer{
        .ae_title = parse_ae_title(text.substr(0, at)), .host = std::string(host), .port = *port};
    if (peer.host.empty()) {
        refuse(text, "there is no host");
    }
    if (peer.host.size() > kMaxHostLength) {
        refuse(text, "the host is longer than 57 characters");
    }
    return peer;
}

bool is_ipv6(const std::string& host) {
    in6_addr address{};
    return inet_pton(AF_INET6, host.c_str(), &address) == 1;
}

void require_distinct_titles(const std::vector<Peer>& peers) {
    for (const Peer& peer : peers) {
        if (std::ranges::count(peers, peer.ae_title, &Peer::ae_title) > 1) {
            throw Error(ErrorCode::usage,
                        "two peers have the AE title '" + peer.ae_title +
                            "', which names their outbox; name each peer once");
        }
    }
}

std::string peer_text(const Peer& peer) {
    return peer.ae_title + "@" + place_text(peer.host, peer.port);
}

}  // namespace paraspinal

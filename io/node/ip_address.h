// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace paraspinal {

/// An IPv6 address, or an IPv4 address mapped into one (::ffff:a.b.c.d, RFC 4291 section 2.5.5.2).
struct IpAddress {
    std::array<std::uint8_t, 16> bytes{};
    friend auto operator<=>(const IpAddress&, const IpAddress&) = default;
};

/// Bits of an IPv6 address, and those before an IPv4 address that is mapped into one.
inline constexpr int kIpv6Bits = 128;
inline constexpr int kBitsBeforeIpv4 = 96;

/// The address that "10.1.2.3" or "fd00::1" spells; nullopt for anything else, such as the name of
/// a host, brackets or a zone ("fe80::1%eth0").
std::optional<IpAddress> parse_ip_address(std::string_view text);
/// "10.1.2.3" or "fd00::1"
std::string ip_text(const IpAddress& address);
/// Whether it stands for an IPv4 address.
bool is_ipv4(const IpAddress& address);
/// Whether it is this machine: ::1, or of 127.0.0.0/8.
bool is_loopback(const IpAddress& address);
/// Whether the first `bits` of both are the same.
bool share_bits(const IpAddress& one, const IpAddress& other, int bits);

/// "host:port", with an IPv6 address in brackets.
std::string place_text(const std::string& host, std::uint16_t port);

}  // namespace paraspinal

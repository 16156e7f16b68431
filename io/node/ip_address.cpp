// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/node/ip_address.h"

#include <algorithm>
#include <arpa/inet.h>
#include <span>

namespace paraspinal {
namespace {

constexpr std::array<std::uint8_t, 12> kBeforeIpv4{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
constexpr int kByteBits = 8;

}  // namespace

std::optional<IpAddress> parse_ip_address(std::string_view text) {
    const std::string spelled(text);
    IpAddress address;
    if (inet_pton(AF_INET6, spelled.c_str(), address.bytes.data()) == 1) {
        return address;
    }
    std::ranges::copy(kBeforeIpv4, address.bytes.begin());
    if (inet_pton(AF_INET, spelled.c_str(), address.bytes.data() + kBeforeIpv4.size()) == 1) {
        return address;
    }
    return std::nullopt;
}

std::string ip_text(const IpAddress& address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    is_ipv4(address)
        ? inet_ntop(AF_INET, address.bytes.data() + kBeforeIpv4.size(), text.data(), text.size())
        : inet_ntop(AF_INET6, address.bytes.data(), text.data(), text.size());
    return text.data();
}

bool is_ipv4(const IpAddress& address) {
    return std::ranges::equal(kBeforeIpv4, std::span(address.bytes).first<kBeforeIpv4.size()>());
}

bool is_loopback(const IpAddress& address) {
    return share_bits(address, *parse_ip_address("127.0.0.0"), kBitsBeforeIpv4 + kByteBits) ||
           address == *parse_ip_address("::1");
}

bool share_bits(const IpAddress& one, const IpAddress& other, int bits) {
    for (std::size_t byte = 0; bits > 0; ++byte, bits -= kByteBits) {
        const int unlike = one.bytes.at(byte) ^ other.bytes.at(byte);
        if (unlike >> std::max(0, kByteBits - bits) != 0) {
            return false;
        }
    }
    return true;
}

std::string place_text(const std::string& host, std::uint16_t port) {
    const bool has_colons = host.find(':') != std::string::npos;
    return (has_colons ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

}  // namespace paraspinal

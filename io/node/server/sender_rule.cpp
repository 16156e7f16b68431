// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/node/server/sender_rule.h"

#include "core/error.h"
#include "core/text.h"
#include "io/node/peer.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>

namespace paraspinal {
namespace {

constexpr int kAddressBits = 32;

[[noreturn]] void refuse(std::string_view text, const std::string& why) {
    throw Error(ErrorCode::usage,
                "'" + std::string(text) + "' names no sender: " + why +
                    "; write it as AET@address or AET@network/bits, as in MR1@10.1.2.0/24");
}

std::uint32_t mask_of(int prefix_bits) {
    return prefix_bits == 0 ? 0 : ~std::uint32_t{0} << (kAddressBits - prefix_bits);
}

bool covers(const SenderRule& rule, std::uint32_t address) {
    return ((rule.network ^ address) & mask_of(rule.prefix_bits)) == 0;
}

}  // namespace

std::optional<std::uint32_t> parse_ipv4(std::string_view text) {
    in_addr address{};
    if (inet_pton(AF_INET, std::string(text).c_str(), &address) != 1) {
        return std::nullopt;
    }
    return ntohl(address.s_addr);
}

std::string ipv4_text(std::uint32_t address) {
    const in_addr network_order{.s_addr = htonl(address)};
    std::array<char, INET_ADDRSTRLEN> text{};
    inet_ntop(AF_INET, &network_order, text.data(), text.size());
    return text.data();
}

SenderRule parse_sender_rule(std::string_view text) {
    const std::size_t at = text.find('@');
    if (at == std::string_view::npos) {
        refuse(text, "there is no @");
    }
    const std::string_view place = trimmed(text.substr(at + 1));
    const std::size_t slash = place.find('/');
    const auto network = parse_ipv4(place.substr(0, slash));
    if (!network) {
        refuse(text, "after the @ stands no IPv4 address");
    }
    SenderRule rule{.ae_title = std::string(trimmed(text.substr(0, at))), .network = *network};
    if (rule.ae_title != "*") {
        rule.ae_title = parse_ae_title(rule.ae_title);
    }
    if (slash != std::string_view::npos) {
        const auto bits = parse_integer(place.substr(slash + 1));
        if (!bits || *bits < 0 || *bits > kAddressBits) {
            refuse(text, "the network has not 0 to 32 bits");
        }
        rule.prefix_bits = static_cast<int>(*bits);
    }
    return rule;
}

bool allows_address(const std::vector<SenderRule>& rules, std::uint32_t address) {
    return std::ranges::any_of(rules,
                               [&](const SenderRule& rule) { return covers(rule, address); });
}

bool allows_sender(const std::vector<SenderRule>& rules,
                   std::string_view ae_title,
                   std::uint32_t address) {
    return std::ranges::any_of(rules, [&](const SenderRule& rule) {
        return covers(rule, address) && (rule.ae_title == "*" || rule.ae_title == ae_title);
    });
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/node/server/sender_rule.h"

#include "core/error.h"
#include "core/text.h"
#include "io/node/peer.h"

#include <algorithm>

namespace paraspinal {
namespace {

[[noreturn]] void refuse(std::string_view text, const std::string& why) {
    throw Error(ErrorCode::usage,
                "'" + std::string(text) + "' names no sender: " + why +
                    "; write it as AET@address or AET@network/bits, as in MR1@10.1.2.0/24");
}

bool covers(const SenderRule& rule, const IpAddress& address) {
    return share_bits(rule.network, address, rule.prefix_bits);
}

}  // namespace

SenderRule parse_sender_rule(std::string_view text) {
    const std::size_t at = text.find('@');
    if (at == std::string_view::npos) {
        refuse(text, "there is no @");
    }
    const std::string_view place = trimmed(text.substr(at + 1));
    const std::size_t slash = place.find('/');
    const auto network = parse_ip_address(place.substr(0, slash));
    if (!network) {
        refuse(text, "after the @ stands no IP address (without brackets)");
    }
    SenderRule rule{.ae_title = std::string(trimmed(text.substr(0, at))), .network = *network};
    if (rule.ae_title != "*") {
        rule.ae_title = parse_ae_title(rule.ae_title);
    }
    if (slash != std::string_view::npos) {
        const auto bits = parse_integer(place.substr(slash + 1));
        const int before = is_ipv4(*network) ? kBitsBeforeIpv4 : 0;
        if (!bits || *bits < 0 || *bits > kIpv6Bits - before) {
            refuse(text,
                   "the network has not 0 to " + std::to_string(kIpv6Bits - before) + " bits");
        }
        rule.prefix_bits = static_cast<int>(*bits) + before;
    }
    return rule;
}

bool allows_address(const std::vector<SenderRule>& rules, const IpAddress& address) {
    return std::ranges::any_of(rules,
                               [&](const SenderRule& rule) { return covers(rule, address); });
}

bool allows_sender(const std::vector<SenderRule>& rules,
                   std::string_view ae_title,
                   const IpAddress& address) {
    return std::ranges::any_of(rules, [&](const SenderRule& rule) {
        return covers(rule, address) && (rule.ae_title == "*" || rule.ae_title == ae_title);
    });
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/node/ip_address.h"

#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// Who may send to us: an AE title from an address, or from a network.
struct SenderRule {
    std::string ae_title;  ///< "*" stands for any.
    IpAddress network;
    int prefix_bits = kIpv6Bits;  ///< How many of its bits an address must share.
    friend bool operator==(const SenderRule&, const SenderRule&) = default;
};

/// The rule that "AET@address" or "AET@network/bits" spells, such as "MR1@10.1.2.0/24" or
/// "MR1@fd00::/8".
/// Names of hosts are not taken: whoever answers for a name would decide. Throws Error usage.
SenderRule parse_sender_rule(std::string_view text);

/// Whether anyone at `address` may send.
bool allows_address(const std::vector<SenderRule>& rules, const IpAddress& address);
/// Whether `ae_title` may send from `address`.
bool allows_sender(const std::vector<SenderRule>& rules,
                   std::string_view ae_title,
                   const IpAddress& address);

}  // namespace paraspinal

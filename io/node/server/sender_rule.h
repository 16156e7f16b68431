// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// Who may send to us: an AE title from an address, or from a network.
struct SenderRule {
    std::string ae_title;       ///< "*" stands for any.
    std::uint32_t network = 0;  ///< IPv4, first byte highest.
    int prefix_bits = 32;       ///< How many of its bits an address must share.
    friend bool operator==(const SenderRule&, const SenderRule&) = default;
};

/// The rule that "AET@address" or "AET@network/bits" spells, such as "MR1@10.1.2.0/24".
/// Names of hosts are not taken: whoever answers for a name would decide. Throws Error usage.
SenderRule parse_sender_rule(std::string_view text);

/// The number that "10.1.2.3" spells; nullopt for anything else.
std::optional<std::uint32_t> parse_ipv4(std::string_view text);
/// "10.1.2.3"
std::string ipv4_text(std::uint32_t address);

/// Whether anyone at `address` may send.
bool allows_address(const std::vector<SenderRule>& rules, std::uint32_t address);
/// Whether `ae_title` may send from `address`.
bool allows_sender(const std::vector<SenderRule>& rules,
                   std::string_view ae_title,
                   std::uint32_t address);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace paraspinal {

/// 64 hexadecimal digits that nobody can guess, from the system's source of randomness.
/// Throws Error internal when it has none.
std::string random_token();

/// What a request says about where it comes from; empty where it says nothing.
struct RequestOrigin {
    std::string host;        ///< Header Host.
    std::string origin;      ///< Header Origin.
    std::string fetch_site;  ///< Header Sec-Fetch-Site.
    std::string cookies;     ///< Header Cookie.
    bool changes_something = false;
};

/// Whether the request would change something and does not say where it comes from.
bool hides_origin(const RequestOrigin& request);

/// Whether the request is one of the page that this server itself sent: addressed to the loopback
/// by name or number (another name for it is DNS rebinding), from no other site, and with the
/// token. A request that changes something must state its origin.
bool is_own_request(const RequestOrigin& request, std::uint16_t port, std::string_view token);

/// Compares without telling by its time how many letters agree.
bool is_same_secret(std::string_view a, std::string_view b);

/// Name of the cookie: browsers share cookies between the ports of a machine.
std::string cookie_name(std::uint16_t port);

}  // namespace paraspinal

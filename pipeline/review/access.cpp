// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/review/access.h"

#include "core/error.h"
#include "core/text.h"
#include "pipeline/loopback/loopback.h"

#include <algorithm>
#include <array>
#include <sys/random.h>

namespace paraspinal {
namespace {

std::string cookie(std::string_view cookies, const std::string& name) {
    for (const std::string& one : split(std::string(cookies), ';')) {
        const std::string_view pair = trimmed(one);
        if (pair.starts_with(name + "=")) {
            return std::string(pair.substr(name.size() + 1));
        }
    }
    return {};
}

}  // namespace

std::string random_token() {
    std::array<unsigned char, 32> bytes{};
    if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
        throw Error(ErrorCode::internal, "the system has no random numbers");
    }
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string token;
    for (const unsigned char byte : bytes) {
        token += kDigits.at(byte >> 4U);
        token += kDigits.at(byte & 0xFU);
    }
    return token;
}

bool is_same_secret(std::string_view a, std::string_view b) {
    unsigned difference = a.size() == b.size() ? 0 : 1;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        difference |= static_cast<unsigned>(a[i] ^ b[i]);
    }
    return difference == 0 && !a.empty();
}

std::string cookie_name(std::uint16_t port) {
    return "paraspinal_" + std::to_string(port);
}

bool hides_origin(const RequestOrigin& request) {
    return request.changes_something && request.origin.empty();
}

bool is_own_request(const RequestOrigin& request, std::uint16_t port, std::string_view token) {
    const bool has_own_origin = request.origin == "http://" + request.host;
    const bool is_origin_good =
        has_own_origin || (request.origin.empty() && !hides_origin(request));
    const bool is_site_good = request.fetch_site.empty() || request.fetch_site == "same-origin" ||
                              (request.fetch_site == "none" && !request.changes_something);
    return is_addressed_here(request.host, port) && is_origin_good && is_site_good &&
           is_same_secret(cookie(request.cookies, cookie_name(port)), token);
}

}  // namespace paraspinal

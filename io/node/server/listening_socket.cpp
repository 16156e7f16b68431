// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/node/server/listening_socket.h"

#include "core/error.h"

#include <arpa/inet.h>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <utility>

namespace paraspinal {
namespace {

constexpr int kBacklog = 128;
constexpr std::size_t kBeforeIpv4 = kBitsBeforeIpv4 / 8;  // Bytes.

// A place of either kind, as the socket API takes it.
struct Place {
    sockaddr_storage content{};
    socklen_t length = sizeof content;

    sockaddr* general() {
        return reinterpret_cast<sockaddr*>(
            &content);  // NOLINT(*-reinterpret-cast): the socket API.
    }
};

template <class SocketAddress>
Place place_from(const SocketAddress& address) {
    Place place{.length = sizeof address};
    std::memcpy(&place.content, &address, sizeof address);
    return place;
}

Place place_of(const IpAddress& address, std::uint16_t port) {
    if (is_ipv4(address)) {
        sockaddr_in place{};
        place.sin_family = AF_INET;
        place.sin_port = htons(port);
        std::memcpy(&place.sin_addr, &address.bytes.at(kBeforeIpv4), sizeof place.sin_addr);
        return place_from(place);
    }
    sockaddr_in6 place{};
    place.sin6_family = AF_INET6;
    place.sin6_port = htons(port);
    std::memcpy(&place.sin6_addr, address.bytes.data(), sizeof place.sin6_addr);
    return place_from(place);
}

// Address and port of a place of the kernel.
std::pair<IpAddress, std::uint16_t> read_place(const Place& place) {
    if (place.content.ss_family == AF_INET) {
        sockaddr_in ipv4{};
        std::memcpy(&ipv4, &place.content, sizeof ipv4);
        IpAddress address = *parse_ip_address("0.0.0.0");
        std::memcpy(&address.bytes.at(kBeforeIpv4), &ipv4.sin_addr, sizeof ipv4.sin_addr);
        return {address, ntohs(ipv4.sin_port)};
    }
    sockaddr_in6 ipv6{};
    std::memcpy(&ipv6, &place.content, sizeof ipv6);
    IpAddress address;
    std::memcpy(address.bytes.data(), &ipv6.sin6_addr, sizeof ipv6.sin6_addr);
    return {address, ntohs(ipv6.sin6_port)};
}

bool set_option(int descriptor, int level, int option, int value) {
    return setsockopt(descriptor, level, option, &value, sizeof value) == 0;
}

bool bind_patiently(int descriptor, Place place) {
    constexpr int kTries = 50;
    constexpr std::chrono::milliseconds kPause{100};
    for (int attempt = 1; bind(descriptor, place.general(), place.length) != 0; ++attempt) {
        if (errno != EADDRINUSE || attempt == kTries) {
            return false;
        }
        std::this_thread::sleep_for(kPause);
    }
    return true;
}

}  // namespace

ListeningSocket::ListeningSocket(const std::string& address, std::uint16_t port) {
    const auto read = parse_ip_address(address);
    const bool is_ipv6 = read && !is_ipv4(*read);
    descriptor_ = socket(is_ipv6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool is_good =
        read && descriptor_ >= 0 && set_option(descriptor_, SOL_SOCKET, SO_REUSEADDR, 1) &&
        (!is_ipv6 || set_option(descriptor_, IPPROTO_IPV6, IPV6_V6ONLY, 0)) &&
        bind_patiently(descriptor_, place_of(*read, port)) && listen(descriptor_, kBacklog) == 0;
    if (!is_good) {
        const std::string why = std::generic_category().message(errno);
        close(descriptor_);
        throw Error(ErrorCode::usage,
                    "cannot listen on " + place_text(address, port) + ": " + why +
                        "; end the program that uses the port, or choose another one");
    }
}

ListeningSocket::~ListeningSocket() {
    close(descriptor_);
}

std::uint16_t ListeningSocket::port() const {
    Place place;
    getsockname(descriptor_, place.general(), &place.length);
    return read_place(place).second;
}

std::optional<ListeningSocket::Connection> ListeningSocket::accept_within(int wait_ms) const {
    pollfd waiting{.fd = descriptor_, .events = POLLIN, .revents = 0};
    if (poll(&waiting, 1, wait_ms) <= 0) {
        return std::nullopt;
    }
    Place from;
    const int connection = accept4(descriptor_, from.general(), &from.length, SOCK_CLOEXEC);
    if (connection < 0) {
        return std::nullopt;
    }
    return Connection{.socket = connection, .address = read_place(from).first};
}

}  // namespace paraspinal

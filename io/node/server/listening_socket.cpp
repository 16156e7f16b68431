// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/node/server/listening_socket.h"

#include "core/error.h"

#include <arpa/inet.h>
#include <cerrno>
#include <chrono>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace paraspinal {
namespace {

constexpr int kBacklog = 128;

sockaddr* general(sockaddr_in& address) {
    return reinterpret_cast<sockaddr*>(&address);  // NOLINT(*-reinterpret-cast): the socket API.
}

bool bind_patiently(int descriptor, sockaddr_in place) {
    constexpr int kTries = 50;
    constexpr std::chrono::milliseconds kPause{100};
    for (int attempt = 1; bind(descriptor, general(place), sizeof place) != 0; ++attempt) {
        if (errno != EADDRINUSE || attempt == kTries) {
            return false;
        }
        std::this_thread::sleep_for(kPause);
    }
    return true;
}

}  // namespace

ListeningSocket::ListeningSocket(const std::string& address, std::uint16_t port)
    : descriptor_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_port = htons(port);
    const int yes = 1;
    const bool is_good = descriptor_ >= 0 &&
                         inet_pton(AF_INET, address.c_str(), &place.sin_addr) == 1 &&
                         setsockopt(descriptor_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
                         bind_patiently(descriptor_, place) && listen(descriptor_, kBacklog) == 0;
    if (!is_good) {
        const std::string why = std::generic_category().message(errno);
        close(descriptor_);
        throw Error(ErrorCode::usage,
                    "cannot listen on " + address + ":" + std::to_string(port) + ": " + why +
                        "; end the program that uses the port, or choose another one");
    }
}

ListeningSocket::~ListeningSocket() {
    close(descriptor_);
}

std::uint16_t ListeningSocket::port() const {
    sockaddr_in place{};
    socklen_t length = sizeof place;
    getsockname(descriptor_, general(place), &length);
    return ntohs(place.sin_port);
}

std::optional<ListeningSocket::Connection> ListeningSocket::accept_within(int wait_ms) const {
    pollfd waiting{.fd = descriptor_, .events = POLLIN, .revents = 0};
    if (poll(&waiting, 1, wait_ms) <= 0) {
        return std::nullopt;
    }
    sockaddr_in from{};
    socklen_t length = sizeof from;
    const int connection = accept4(descriptor_, general(from), &length, SOCK_CLOEXEC);
    if (connection < 0) {
        return std::nullopt;
    }
    return Connection{.socket = connection, .address = ntohl(from.sin_addr.s_addr)};
}

}  // namespace paraspinal

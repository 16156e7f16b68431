// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/loopback.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace paraspinal::testing {
namespace {

sockaddr_in address_of(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

const sockaddr* generic(const sockaddr_in& address) {
    return reinterpret_cast<const sockaddr*>(&address);  // NOLINT(*-reinterpret-cast): POSIX
}

int new_socket() {
    return socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

}  // namespace

LoopbackSocket LoopbackSocket::listening(std::uint16_t port) {
    LoopbackSocket socket(new_socket());
    const int yes = 1;
    setsockopt(socket.descriptor_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
    const sockaddr_in address = address_of(port);
    constexpr int kBacklog = 16;
    if (bind(socket.descriptor_, generic(address), sizeof(address)) != 0 ||
        listen(socket.descriptor_, kBacklog) != 0) {
        throw std::runtime_error("cannot listen on port " + std::to_string(port));
    }
    return socket;
}

LoopbackSocket LoopbackSocket::connected(std::uint16_t port) {
    LoopbackSocket socket(new_socket());
    const sockaddr_in address = address_of(port);
    if (connect(socket.descriptor_, generic(address), sizeof(address)) != 0) {
        return LoopbackSocket(-1);
    }
    return socket;
}

LoopbackSocket::~LoopbackSocket() {
    if (descriptor_ >= 0) {
        close(descriptor_);
    }
}

LoopbackSocket::LoopbackSocket(LoopbackSocket&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

LoopbackSocket& LoopbackSocket::operator=(LoopbackSocket&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

std::uint16_t LoopbackSocket::port() const {
    sockaddr_in address{};
    socklen_t size = sizeof(address);
    getsockname(descriptor_,
                reinterpret_cast<sockaddr*>(&address),  // NOLINT(*-reinterpret-cast): POSIX
                &size);
    return ntohs(address.sin_port);
}

LoopbackSocket LoopbackSocket::accept() const {
    return LoopbackSocket(accept4(descriptor_, nullptr, nullptr, SOCK_CLOEXEC));
}

void LoopbackSocket::send(std::string_view bytes) const {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            throw std::runtime_error("the other side of a socket is gone");
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

std::string LoopbackSocket::receive(std::size_t size) const {
    std::string bytes(size, '\0');
    const ssize_t received = recv(descriptor_, bytes.data(), bytes.size(), 0);
    bytes.resize(received > 0 ? static_cast<std::size_t>(received) : 0);
    return bytes;
}

std::string LoopbackSocket::receive_all() const {
    constexpr std::size_t kBlock = 65536;
    std::string all;
    for (std::string block = receive(kBlock); !block.empty(); block = receive(kBlock)) {
        all += block;
    }
    return all;
}

}  // namespace paraspinal::testing

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace paraspinal::testing {

/// A TCP socket of 127.0.0.1, closed at the end of the scope.
class LoopbackSocket {
  public:
    /// One that listens on `port`; 0: on any that is free.
    static LoopbackSocket listening(std::uint16_t port = 0);
    /// One that is connected; `is_open` is false when nobody listens.
    static LoopbackSocket connected(std::uint16_t port);

    ~LoopbackSocket();
    LoopbackSocket(LoopbackSocket&& other) noexcept;
    LoopbackSocket& operator=(LoopbackSocket&& other) noexcept;
    LoopbackSocket(const LoopbackSocket&) = delete;
    LoopbackSocket& operator=(const LoopbackSocket&) = delete;

    [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
    /// Its own port.
    [[nodiscard]] std::uint16_t port() const;
    /// The next connection to a listening socket; waits for it.
    [[nodiscard]] LoopbackSocket accept() const;
    void send(std::string_view bytes) const;
    /// What comes until the other side closes.
    [[nodiscard]] std::string receive_all() const;
    /// What comes next, at most `size` bytes; empty when the other side has closed.
    [[nodiscard]] std::string receive(std::size_t size) const;

  private:
    explicit LoopbackSocket(int descriptor) : descriptor_(descriptor) {}
    int descriptor_ = -1;
};

}  // namespace paraspinal::testing

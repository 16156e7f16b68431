// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace httplib {
class Server;
}

namespace paraspinal {

/// Gives `server` a port of 127.0.0.1 that no other program uses; 0: any that is free. Returns it.
/// Throws Error usage when it cannot be had.
std::uint16_t bind_to_loopback(httplib::Server& server, std::uint16_t port);

/// Whether `host`, the header Host of a request, names the loopback and `port` by name or number:
/// another name for it is DNS rebinding.
bool is_addressed_here(std::string_view host, std::uint16_t port);

}  // namespace paraspinal

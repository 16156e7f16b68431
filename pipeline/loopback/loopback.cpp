// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/loopback/loopback.h"

#include "core/error.h"

#include <httplib.h>
#include <string>

namespace paraspinal {

std::uint16_t bind_to_loopback(httplib::Server& server, std::uint16_t port) {
    constexpr const char* kLoopback = "127.0.0.1";
    // The library's own choice lets a second server take a port that is in use.
    server.set_socket_options([](socket_t socket) {
        const int yes = 1;
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
    });
    const int bound = port == 0                              ? server.bind_to_any_port(kLoopback)
                      : server.bind_to_port(kLoopback, port) ? port
                                                             : -1;
    if (bound <= 0) {
        throw Error(
            ErrorCode::usage,
            "port " + std::to_string(port) + " of 127.0.0.1 cannot be taken; choose another one");
    }
    return static_cast<std::uint16_t>(bound);
}

bool is_addressed_here(std::string_view host, std::uint16_t port) {
    const std::string end = ":" + std::to_string(port);
    return host == "127.0.0.1" + end || host == "localhost" + end;
}

}  // namespace paraspinal

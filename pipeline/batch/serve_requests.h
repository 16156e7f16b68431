// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace paraspinal {

/// What a worker process says to one request.
struct WorkerAnswer {
    std::string line;     ///< Without its end; line breaks in it become spaces.
    bool leaves = false;  ///< The process ends after this answer.
};

/// The request that WorkerProcess::ask takes: "BYTES\n" and as many bytes.
std::string framed_request(std::string_view body);

/// The life of a worker process: says "ready" on the socket `descriptor`, answers the body of each
/// request with a line until the socket is closed. When the other side vanishes in the middle, the
/// process ends at once.
void serve_requests(int descriptor, const std::function<WorkerAnswer(std::string_view)>& handle);

}  // namespace paraspinal

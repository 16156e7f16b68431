// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace paraspinal {

/// What a worker process says to one request.
struct WorkerAnswer {
    std::string line;     ///< Without its end.
    bool leaves = false;  ///< The process ends after this answer.
};

/// The answer to a line; nullopt when the line is no request.
using RequestHandler = std::function<std::optional<WorkerAnswer>(std::string_view line)>;

/// The life of a worker process: says "ready" on the socket `descriptor`, then answers each line
/// with a line until the socket is closed, and what is no request with {"error": ...}. When the
/// other side vanishes in the middle, the process ends at once.
void serve_requests(int descriptor, const RequestHandler& handle);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/serve_requests.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <poll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace paraspinal {
namespace {

// The next line without its end; nullopt: the other side is gone. Nothing follows a line before it
// is answered.
std::optional<std::string> read_line(int descriptor) {
    std::string line;
    std::array<char, 4096> part{};
    while (!line.ends_with('\n')) {
        const ssize_t got = read(descriptor, part.data(), part.size());
        if (got == 0 || (got < 0 && errno != EINTR)) {
            return std::nullopt;
        }
        line.append(part.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
    }
    line.pop_back();
    return line;
}

void say(int descriptor, const std::string& text) {
    const std::string line = text + '\n';
    // A side that does not listen any more is noticed at the next read.
    static_cast<void>(send(descriptor, line.data(), line.size(), MSG_NOSIGNAL));
}

// A killed batch must not leave workers behind that go on writing.
void end_with_the_other_side(int descriptor) {
    std::thread([descriptor] {
        pollfd input{.fd = descriptor, .events = POLLRDHUP, .revents = 0};
        while (poll(&input, 1, -1) < 0 && errno == EINTR) {
        }
        _exit(0);
    }).detach();
}

}  // namespace

void serve_requests(int descriptor, const RequestHandler& handle) {
    const WorkerAnswer not_understood{.line = R"({"error":"this is no request"})"};
    // The batch decides when to stop; a cluster sends these signals to all processes of a job.
    static_cast<void>(std::signal(SIGINT, SIG_IGN));
    static_cast<void>(std::signal(SIGTERM, SIG_IGN));
    end_with_the_other_side(descriptor);
    say(descriptor, "ready");
    while (const std::optional<std::string> line = read_line(descriptor)) {
        const WorkerAnswer answer = handle(*line).value_or(not_understood);
        say(descriptor, answer.line);
        if (answer.leaves) {
            return;
        }
    }
}

}  // namespace paraspinal

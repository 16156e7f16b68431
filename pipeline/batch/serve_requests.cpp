// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/serve_requests.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <optional>
#include <poll.h>
#include <span>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace paraspinal {
namespace {

// nullopt: the other side is gone.
// NOLINTNEXTLINE(*-easily-swappable-parameters): in the order of read().
std::optional<std::string> read_exactly(int descriptor, std::size_t bytes) {
    std::string text(bytes, '\0');
    std::size_t filled = 0;
    while (filled < bytes) {
        const std::span rest = std::span(text).subspan(filled);
        const ssize_t got = read(descriptor, rest.data(), rest.size());
        if (got == 0 || (got < 0 && errno != EINTR)) {
            return std::nullopt;
        }
        filled += got > 0 ? static_cast<std::size_t>(got) : 0;
    }
    return text;
}

std::optional<std::string> read_body(int descriptor) {
    constexpr std::size_t kBase = 10;
    std::size_t bytes = 0;
    while (const std::optional<std::string> digit = read_exactly(descriptor, 1)) {
        if (*digit == "\n") {
            return read_exactly(descriptor, bytes);
        }
        bytes = kBase * bytes + static_cast<std::size_t>(digit->front() - '0');
    }
    return std::nullopt;
}

void say(int descriptor, std::string line) {
    std::ranges::replace(line, '\n', ' ');
    line += '\n';
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

std::string framed_request(std::string_view body) {
    return (std::to_string(body.size()) + "\n").append(body);
}

void serve_requests(int descriptor, const std::function<WorkerAnswer(std::string_view)>& handle) {
    // The batch decides when to stop; a cluster sends these signals to all processes of a job.
    static_cast<void>(std::signal(SIGINT, SIG_IGN));
    static_cast<void>(std::signal(SIGTERM, SIG_IGN));
    end_with_the_other_side(descriptor);
    say(descriptor, "ready");
    while (const std::optional<std::string> body = read_body(descriptor)) {
        WorkerAnswer answer = handle(*body);
        say(descriptor, std::move(answer.line));
        if (answer.leaves) {
            return;
        }
    }
}

}  // namespace paraspinal

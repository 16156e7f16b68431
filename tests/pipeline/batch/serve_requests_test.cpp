// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/serve_requests.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace paraspinal {
namespace {

std::optional<WorkerAnswer> answer(std::string_view line) {
    if (line == "nonsense") {
        return std::nullopt;
    }
    return WorkerAnswer{.line = std::to_string(line.size()), .leaves = line == "leave"};
}

// A process that serves requests, and our end of its socket.
class Server {
  public:
    Server() {
        std::array<int, 2> ends{};
        EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
        socket_ = ends[0];
        process_ = fork();
        if (process_ == 0) {
            close(ends[0]);
            serve_requests(ends[1], answer);
            _exit(0);
        }
        close(ends[1]);
    }
    ~Server() {
        close(socket_);
        waitpid(process_, nullptr, 0);
    }
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    Server(Server&&) = delete;
    Server& operator=(Server&&) = delete;

    void send(const std::string& text) const {
        EXPECT_EQ(write(socket_, text.data(), text.size()), static_cast<ssize_t>(text.size()));
    }
    // Empty when the other side is gone.
    [[nodiscard]] std::string line() const {
        std::string text;
        char letter = 0;
        while (read(socket_, &letter, 1) == 1 && letter != '\n') {
            text += letter;
        }
        return text;
    }

  private:
    int socket_ = -1;
    pid_t process_ = -1;
};

TEST(ServeRequests, AnswersEachLineWithALine) {
    const Server server;
    EXPECT_EQ(server.line(), "ready");
    server.send("four\n");
    EXPECT_EQ(server.line(), "4");
    const std::string part(100000, 'x');  // More than a socket takes at a time.
    server.send(part);
    server.send(part + "\n");
    EXPECT_EQ(server.line(), "200000");
}

TEST(ServeRequests, GoesOnAfterALineThatIsNoRequest) {
    const Server server;
    EXPECT_EQ(server.line(), "ready");
    server.send("nonsense\n");
    EXPECT_EQ(server.line(), R"({"error":"this is no request"})");
    server.send("\n");
    EXPECT_EQ(server.line(), "0");
}

TEST(ServeRequests, EndsWhenItLeaves) {
    const Server server;
    EXPECT_EQ(server.line(), "ready");
    server.send("leave\n");
    EXPECT_EQ(server.line(), "5");
    EXPECT_EQ(server.line(), "");
}

}  // namespace
}  // namespace paraspinal

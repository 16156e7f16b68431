// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/background_program.h"

#include "tests/support/loopback.h"

#include <chrono>
#include <fcntl.h>
#include <stdexcept>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace paraspinal::testing {

BackgroundProgram::BackgroundProgram(const std::filesystem::path& program,
                                     const std::vector<std::string>& arguments,
                                     const std::filesystem::path& log) {
    std::vector<std::string> texts{program.string()};
    texts.insert(texts.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    for (std::string& text : texts) {
        pointers.push_back(text.data());
    }
    pointers.push_back(nullptr);
    child_ = fork();
    if (child_ == 0) {
        constexpr int kMode = 0600;
        const int output = open(log.c_str(), O_CREAT | O_WRONLY | O_APPEND, kMode);
        dup2(output, STDOUT_FILENO);
        dup2(output, STDERR_FILENO);
        execvp(pointers.front(), pointers.data());
        _exit(127);
    }
}

BackgroundProgram::~BackgroundProgram() {
    stop(SIGKILL);
}

int BackgroundProgram::stop(int signal) {
    if (child_ < 0) {
        return 0;
    }
    int status = 0;
    kill(child_, signal);
    waitpid(child_, &status, 0);
    child_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::uint16_t free_port() {
    return LoopbackSocket::listening().port();
}

void wait_for_port(std::uint16_t port, int seconds) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
    while (std::chrono::steady_clock::now() < deadline) {
        if (LoopbackSocket::connected(port).is_open()) {
            return;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    throw std::runtime_error("nobody listens on port " + std::to_string(port));
}

}  // namespace paraspinal::testing

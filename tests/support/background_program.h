// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <csignal>
#include <cstdint>
#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

namespace paraspinal::testing {

/// A program, a server mostly, that runs beside the test and is killed at the end of the scope.
class BackgroundProgram {
  public:
    /// Starts `program` (looked up in PATH when it has no slash); what it prints goes to `log`.
    BackgroundProgram(const std::filesystem::path& program,
                      const std::vector<std::string>& arguments,
                      const std::filesystem::path& log);
    ~BackgroundProgram();
    BackgroundProgram(const BackgroundProgram&) = delete;
    BackgroundProgram& operator=(const BackgroundProgram&) = delete;
    BackgroundProgram(BackgroundProgram&&) = delete;
    BackgroundProgram& operator=(BackgroundProgram&&) = delete;

    [[nodiscard]] pid_t pid() const { return child_; }
    /// Sends `signal` (0: none) and waits for the end; the exit code, or 128 + signal.
    int stop(int signal = SIGTERM);

  private:
    pid_t child_ = -1;
};

/// A TCP port of the loopback that nobody listens on.
std::uint16_t free_port();

/// Waits until somebody listens on a loopback port; throws after `seconds`.
void wait_for_port(std::uint16_t port, int seconds = 20);

}  // namespace paraspinal::testing

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// How worker processes are started and what they may use.
struct WorkerCommand {
    std::filesystem::path program;
    std::vector<std::string> arguments;
    /// Address space of a worker; what asks for more gets no memory. 0: no limit.
    std::uint64_t memory_bytes = 0;
    /// Longest time for one study, and for starting up.
    std::chrono::milliseconds timeout{0};
};

/// How a request to a worker ended.
struct WorkerReply {
    enum class End {
        answered,
        crashed,        ///< The process ended without an answer.
        timeout,        ///< It was killed for taking too long.
        out_of_memory,  ///< The operating system killed it, as it does when memory runs out.
    };
    End end = End::answered;
    std::string text;  ///< The line that was answered, or how the process ended, in words.
};

/// A child process that answers requests one after the other. It runs on one thread and outside
/// our process group, so that Ctrl-C on the terminal does not reach it; requests and answers go
/// through its standard input, which is a socket. Standard output and error are thrown away.
///
/// It says "ready\n" when it can begin, and ends when its input does. Starting it costs a
/// quarter of the processor time of a study (scripts/bench_batch), so it serves many studies.
class WorkerProcess {
  public:
    explicit WorkerProcess(WorkerCommand command);
    ~WorkerProcess();
    WorkerProcess(const WorkerProcess&) = delete;
    WorkerProcess& operator=(const WorkerProcess&) = delete;
    WorkerProcess(WorkerProcess&&) = delete;
    WorkerProcess& operator=(WorkerProcess&&) = delete;

    /// Sends the line `request` (without its end) and waits for the line that answers it. Starts
    /// the process when there is none; after any end but `answered` there is none. Throws Error
    /// internal when the process cannot be started or does not get ready.
    WorkerReply ask(const std::string& request);
    /// Lets the process end by itself, and waits until it has.
    void dismiss();

  private:
    using Clock = std::chrono::steady_clock;

    void start();
    void spawn();
    [[nodiscard]] bool send_all(std::string_view text) const;
    std::optional<std::string> read_line(Clock::time_point deadline);
    WorkerReply bury(bool is_timeout);
    [[nodiscard]] bool is_out_of_step() const;

    WorkerCommand command_;
    int process_ = -1;
    int socket_ = -1;
    bool timed_out_ = false;
};

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/worker_process.h"

#include "core/error.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace paraspinal {
namespace {

// One thread a worker: as many workers as processors keep them all busy, without the waiting that
// threads of one study do for each other. (The worker itself holds TBB to one.)
constexpr std::array<std::string_view, 3> kOneThread{
    "OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1", "ITK_GLOBAL_DEFAULT_NUMBER_OF_THREADS=1"};

std::vector<std::string> worker_environment() {
    std::vector<std::string> variables;
    // NOLINTNEXTLINE(*-pointer-arithmetic): how the C library hands it out.
    for (char** variable = environ; *variable != nullptr; ++variable) {
        variables.emplace_back(*variable);
    }
    for (const std::string_view setting : kOneThread) {
        const std::string_view name = setting.substr(0, setting.find('=') + 1);
        std::erase_if(variables,
                      [name](const std::string& each) { return each.starts_with(name); });
        variables.emplace_back(setting);
    }
    return variables;
}

// Pointers to the texts, as the C interface wants them; valid as long as `texts`.
std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    pointers.reserve(texts.size() + 1);
    for (std::string& text : texts) {
        pointers.push_back(text.data());
    }
    pointers.push_back(nullptr);
    return pointers;
}

// What a spawned process gets: our socket as its input, nothing else of ours.
class SpawnSettings {
  public:
    explicit SpawnSettings(int input) {
        posix_spawn_file_actions_init(&files_);
        posix_spawn_file_actions_adddup2(&files_, input, STDIN_FILENO);
        posix_spawn_file_actions_addopen(&files_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_addopen(&files_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        posix_spawnattr_init(&attributes_);
        posix_spawnattr_setpgroup(&attributes_, 0);
        posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP);
    }
    ~SpawnSettings() {
        posix_spawn_file_actions_destroy(&files_);
        posix_spawnattr_destroy(&attributes_);
    }
    SpawnSettings(const SpawnSettings&) = delete;
    SpawnSettings& operator=(const SpawnSettings&) = delete;
    SpawnSettings(SpawnSettings&&) = delete;
    SpawnSettings& operator=(SpawnSettings&&) = delete;

    [[nodiscard]] pid_t spawn(const WorkerCommand& command) const {
        std::vector<std::string> arguments{command.program.string()};
        arguments.insert(arguments.end(), command.arguments.begin(), command.arguments.end());
        std::vector<std::string> environment = worker_environment();
        pid_t process = -1;
        const int error = posix_spawn(&process,
                                      command.program.c_str(),
                                      &files_,
                                      &attributes_,
                                      pointers_to(arguments).data(),
                                      pointers_to(environment).data());
        if (error != 0) {
            throw Error(
                ErrorCode::internal,
                "a worker process cannot be started: " + std::generic_category().message(error));
        }
        return process;
    }

  private:
    posix_spawn_file_actions_t files_{};
    posix_spawnattr_t attributes_{};
};

std::string end_in_words(int status) {
    if (WIFSIGNALED(status)) {
        return "killed by signal " + std::to_string(WTERMSIG(status)) + " (" +
               sigdescr_np(WTERMSIG(status)) + ")";
    }
    return "ended with exit code " + std::to_string(WEXITSTATUS(status));
}

}  // namespace

WorkerProcess::WorkerProcess(WorkerCommand command) : command_(std::move(command)) {}

WorkerProcess::~WorkerProcess() {
    dismiss();
}

void WorkerProcess::start() {
    // What the system kills because others took the memory gets ready the next time.
    constexpr int kMostStarts = 3;
    for (int starts = 1;; ++starts) {
        spawn();
        if (read_line(Clock::now() + command_.timeout) == "ready") {
            return;
        }
        const WorkerReply end = bury(timed_out_);
        if (end.end != WorkerReply::End::out_of_memory || starts == kMostStarts) {
            throw Error(ErrorCode::internal,
                        "a worker process did not get ready (" + end.text +
                            "); is the memory limit too low?");
        }
    }
}

void WorkerProcess::spawn() {
    std::array<int, 2> ends{};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
        throw Error(ErrorCode::internal,
                    "no socket for a worker process: " + std::generic_category().message(errno));
    }
    socket_ = ends[0];
    try {
        process_ = SpawnSettings(ends[1]).spawn(command_);
    } catch (...) {
        close(ends[1]);
        close(std::exchange(socket_, -1));
        throw;
    }
    close(ends[1]);
    if (command_.memory_bytes > 0) {
        const rlimit limit{command_.memory_bytes, command_.memory_bytes};
        prlimit(process_, RLIMIT_AS, &limit, nullptr);
    }
}

bool WorkerProcess::send_all(std::string_view text) const {
    while (!text.empty()) {
        const ssize_t sent = send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno != EINTR) {
            return false;
        }
        text.remove_prefix(sent > 0 ? static_cast<std::size_t>(sent) : 0);
    }
    return true;
}

// nullopt: the process closed its end, or the deadline passed (`timed_out_`).
std::optional<std::string> WorkerProcess::read_line(Clock::time_point deadline) {
    std::string line;
    timed_out_ = false;
    while (true) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
        pollfd input{.fd = socket_, .events = POLLIN, .revents = 0};
        const int ready =
            poll(&input, 1, static_cast<int>(std::clamp<std::int64_t>(left, 0, 60000)));
        if (ready == 0 && left <= 0) {
            timed_out_ = true;
            return std::nullopt;
        }
        if (ready <= 0) {
            continue;
        }
        std::array<char, 512> part{};
        const ssize_t got = read(socket_, part.data(), part.size());
        if (got <= 0) {
            return std::nullopt;
        }
        line.append(part.data(), static_cast<std::size_t>(got));
        if (const std::size_t end = line.find('\n'); end != std::string::npos) {
            return line.substr(0, end);  // What follows is no answer: see is_out_of_step.
        }
    }
}

// Ends the process if it has not ended by itself, and says how it ended.
WorkerReply WorkerProcess::bury(bool is_timeout) {
    if (is_timeout) {
        kill(-process_, SIGKILL);
    }
    close(std::exchange(socket_, -1));
    int status = 0;
    while (waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
    process_ = -1;
    const std::string words = end_in_words(status);
    if (is_timeout) {
        return {.end = WorkerReply::End::timeout, .text = words};
    }
    const bool is_killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    return {.end = is_killed ? WorkerReply::End::out_of_memory : WorkerReply::End::crashed,
            .text = words};
}

// Whether it says something that nobody asked for, which would pass for the next study's answer.
bool WorkerProcess::is_out_of_step() const {
    pollfd input{.fd = socket_, .events = POLLIN, .revents = 0};
    return poll(&input, 1, 0) > 0 && (input.revents & POLLIN) != 0;
}

WorkerReply WorkerProcess::ask(const std::string& request) {
    const std::string request_line = request + '\n';
    if (process_ >= 0 && is_out_of_step()) {
        bury(true);
    }
    if (process_ < 0) {
        start();
    }
    if (!send_all(
            request_line)) {  // It went away between two studies, which is no fault of this one.
        bury(false);
        start();
        if (!send_all(request_line)) {
            return bury(false);
        }
    }
    const std::optional<std::string> line = read_line(Clock::now() + command_.timeout);
    if (!line) {
        return bury(timed_out_);
    }
    return {.end = WorkerReply::End::answered, .text = *line};
}

void WorkerProcess::dismiss() {
    if (process_ >= 0) {
        bury(false);
    }
}

}  // namespace paraspinal

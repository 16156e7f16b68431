// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/run_program.h"

#include "tests/support/temporary_folder.h"

#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace paraspinal::testing {
namespace {

void redirect(int descriptor, const std::filesystem::path& file) {
    constexpr int kMode = 0600;
    dup2(open(file.c_str(), O_CREAT | O_WRONLY, kMode), descriptor);
}

[[noreturn]] void become(const std::filesystem::path& program,
                         const std::vector<std::string>& arguments,
                         const ProgramLimits& limits) {
    std::vector<std::string> texts{program.string()};
    texts.insert(texts.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    for (std::string& text : texts) {
        pointers.push_back(text.data());
    }
    pointers.push_back(nullptr);
    if (limits.memory_bytes) {
        const rlimit limit{*limits.memory_bytes, *limits.memory_bytes};
        setrlimit(RLIMIT_AS, &limit);
    }
    if (limits.file_bytes) {
        const rlimit limit{*limits.file_bytes, *limits.file_bytes};
        setrlimit(RLIMIT_FSIZE, &limit);
        std::signal(SIGXFSZ, SIG_IGN);  // The write then fails with EFBIG instead.
    }
    execvp(pointers.front(), pointers.data());
    _exit(127);
}

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells;
    std::istringstream stream(line + ",");
    for (std::string text; std::getline(stream, text, ',');) {
        cells.push_back(text);
    }
    return cells;
}

int wait_for(pid_t child, const ProgramLimits& limits) {
    int status = 0;
    bool is_signaled = !limits.signal_when;
    while (waitpid(child, &status, is_signaled ? 0 : WNOHANG) == 0) {
        if (limits.signal_when()) {
            kill(child, limits.signal);
            is_signaled = true;
        } else {
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
    }
    return status;
}

}  // namespace

ProgramRun run_program(const std::filesystem::path& program,
                       const std::vector<std::string>& arguments,
                       const ProgramLimits& limits) {
    const TemporaryFolder folder;
    const std::filesystem::path out = folder.path() / "out";
    const std::filesystem::path err = folder.path() / "err";
    const pid_t child = fork();
    if (child == 0) {
        redirect(STDOUT_FILENO, limits.out_file.empty() ? out : limits.out_file);
        redirect(STDERR_FILENO, err);
        become(program, arguments, limits);
    }
    const int status = wait_for(child, limits);
    return {.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
            .out = content_of(out),
            .err = content_of(err)};
}

ProgramRun run_paraspinal(const std::vector<std::string>& arguments, const ProgramLimits& limits) {
    return run_program(PARASPINAL_BINARY, arguments, limits);
}

std::string content_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) {
        lines.push_back(line);
    }
    return lines;
}

std::string cell(const std::string& csv, const std::string& column, int row) {
    const std::vector<std::string> lines = lines_of(csv);
    const std::vector<std::string> columns = cells_of(lines.at(0));
    const std::vector<std::string> cells = cells_of(lines.at(static_cast<std::size_t>(row) + 1));
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i] == column) {
            return cells.at(i);
        }
    }
    throw std::runtime_error("the CSV has no column " + column);
}

}  // namespace paraspinal::testing

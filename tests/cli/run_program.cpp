// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/run_program.h"

#include "tests/support/temporary_folder.h"

#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace paraspinal::testing {
namespace {

std::string content_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

[[noreturn]] void become(const std::filesystem::path& program,
                         const std::vector<std::string>& arguments,
                         const std::filesystem::path& folder) {
    std::vector<std::string> texts{program.string()};
    texts.insert(texts.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    for (std::string& text : texts) {
        pointers.push_back(text.data());
    }
    pointers.push_back(nullptr);
    constexpr int kMode = 0600;
    dup2(open((folder / "out").c_str(), O_CREAT | O_WRONLY, kMode), STDOUT_FILENO);
    dup2(open((folder / "err").c_str(), O_CREAT | O_WRONLY, kMode), STDERR_FILENO);
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

}  // namespace

ProgramRun run_program(const std::filesystem::path& program,
                       const std::vector<std::string>& arguments) {
    const TemporaryFolder folder;
    const pid_t child = fork();
    if (child == 0) {
        become(program, arguments, folder.path());
    }
    int status = 0;
    waitpid(child, &status, 0);
    return {.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
            .out = content_of(folder.path() / "out"),
            .err = content_of(folder.path() / "err")};
}

ProgramRun run_paraspinal(const std::vector<std::string>& arguments) {
    return run_program(PARASPINAL_BINARY, arguments);
}

std::string cell(const std::string& csv, const std::string& column, int row) {
    std::istringstream stream(csv);
    std::string line;
    std::getline(stream, line);
    const std::vector<std::string> columns = cells_of(line);
    for (int i = 0; i <= row; ++i) {
        if (!std::getline(stream, line)) {
            throw std::runtime_error("the CSV has no row " + std::to_string(row));
        }
    }
    const std::vector<std::string> cells = cells_of(line);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i] == column) {
            return cells.at(i);
        }
    }
    throw std::runtime_error("the CSV has no column " + column);
}

}  // namespace paraspinal::testing

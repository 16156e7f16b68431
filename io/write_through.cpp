// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/write_through.h"

#include "core/error.h"
#include "io/output_file.h"

#include <cerrno>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

namespace paraspinal {
namespace {

// Removes what the converter read, whatever became of it.
class InputFile {
  public:
    InputFile(std::filesystem::path path, std::string_view content) : path_(std::move(path)) {
        write_file(path_, content);
    }
    ~InputFile() {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;
    InputFile(InputFile&&) = delete;
    InputFile& operator=(InputFile&&) = delete;

    [[nodiscard]] std::string path() const { return path_.string(); }

  private:
    std::filesystem::path path_;
};

pid_t start(const Converter& converter, std::vector<std::string> words) {
    std::vector<char*> pointers;
    for (std::string& word : words) {
        pointers.push_back(word.data());
    }
    pointers.push_back(nullptr);
    posix_spawn_file_actions_t files{};
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t process = -1;
    const int error = posix_spawnp(
        &process, converter.program.c_str(), &files, nullptr, pointers.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    if (error != 0) {
        throw Error(
            ErrorCode::usage,
            converter.purpose + " are written through " + converter.program + ", which " +
                (error == ENOENT
                     ? "is not installed (Debian: apt-get install " + converter.package + ")"
                     : "cannot be started: " + std::generic_category().message(error)));
    }
    return process;
}

}  // namespace

void write_through(const Converter& converter,
                   const std::filesystem::path& file,
                   std::string_view content) {
    write_file_with(file, [&](const std::filesystem::path& temporary) {
        std::filesystem::path place = temporary;
        place += converter.reads;
        const InputFile input(std::move(place), content);
        std::vector<std::string> words{converter.program};
        words.insert(words.end(), converter.options.begin(), converter.options.end());
        words.insert(words.end(), {"--output", temporary.string(), input.path()});
        const pid_t process = start(converter, std::move(words));
        int status = 0;
        while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
        }
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
            throw Error(ErrorCode::output_not_writable,
                        converter.program + " could not write " + file.string());
        }
    });
}

}  // namespace paraspinal

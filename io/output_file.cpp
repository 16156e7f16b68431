// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/output_file.h"

#include "core/error.h"
#include "core/text.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <limits>
#include <memory>
#include <string>
#include <system_error>
#include <unistd.h>

namespace paraspinal {
namespace {

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& why) {
    throw Error(ErrorCode::output_not_writable,
                "cannot write '" + file.string() + "': " + why +
                    "; check the permissions and the free space of its folder");
}

// Beside the target, so that the rename stays on one file system; the process number keeps two runs
// apart, the extensions stay because some libraries choose the format by them.
constexpr const char* kTemporary = ".partial-";
std::filesystem::path temporary_beside(const std::filesystem::path& file) {
    return file.parent_path() /
           (kTemporary + std::to_string(getpid()) + "-" + file.filename().string());
}

// Whether another process that still runs began the temporary file `name`. The number of this one
// is on files of a process that had it before.
bool is_being_written(const std::string& name) {
    const std::string number = name.substr(std::string_view(kTemporary).size());
    const auto writer = parse_integer(number.substr(0, number.find('-')));
    return writer && *writer > 0 && *writer <= std::numeric_limits<pid_t>::max() &&
           *writer != getpid() && (kill(static_cast<pid_t>(*writer), 0) == 0 || errno == EPERM);
}

// A file being written that is on disk, not in a cache, when `finish` returns.
class Stream {
  public:
    // What is left of a process that was killed goes; a link that somebody put there would lead
    // the bytes elsewhere.
    explicit Stream(const std::filesystem::path& file) : stream_(nullptr, &std::fclose) {
        std::filesystem::remove(file);
        stream_.reset(std::fopen(file.c_str(), "wbx"));
        check(stream_ != nullptr);
    }
    void append(std::string_view text) {
        check(std::fwrite(text.data(), 1, text.size(), stream_.get()) == text.size());
    }
    void finish() { check(std::fflush(stream_.get()) == 0 && fsync(fileno(stream_.get())) == 0); }

  private:
    static void check(bool is_good) {
        if (!is_good) {
            throw std::system_error(errno, std::generic_category());
        }
    }
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream_;
};

}  // namespace

void make_output_folder(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error || !std::filesystem::is_directory(folder, error)) {
        refuse(folder, error ? error.message() : "a file of that name is in the way");
    }
}

void write_file(const std::filesystem::path& file, std::string_view content) {
    write_file_in_parts(file, [content](const AppendText& append) { append(content); });
}

void write_file_in_parts(const std::filesystem::path& file,
                         const std::function<void(const AppendText&)>& write) {
    write_file_with(file, [&write](const std::filesystem::path& partial) {
        Stream stream(partial);
        write([&stream](std::string_view text) { stream.append(text); });
        stream.finish();
    });
}

void write_file_with(const std::filesystem::path& file,
                     const std::function<void(const std::filesystem::path&)>& write) {
    const std::filesystem::path partial = temporary_beside(file);
    std::error_code ignored;
    try {
        write(partial);
        std::filesystem::rename(partial, file);
    } catch (const std::system_error& error) {
        std::filesystem::remove(partial, ignored);
        refuse(file, error.code().message());
    } catch (...) {
        std::filesystem::remove(partial, ignored);
        throw;
    }
}

void remove_unfinished_files(const std::filesystem::path& folder) {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with(kTemporary) && !is_being_written(name)) {
            std::filesystem::remove(entry.path(), error);
        }
    }
}

}  // namespace paraspinal

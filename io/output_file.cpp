// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/output_file.h"

#include "core/error.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
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
std::filesystem::path temporary_beside(const std::filesystem::path& file) {
    return file.parent_path() /
           (".partial-" + std::to_string(getpid()) + "-" + file.filename().string());
}

void write_all(const std::filesystem::path& file, std::string_view content) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream(std::fopen(file.c_str(), "wb"),
                                                                 &std::fclose);
    if (stream == nullptr ||
        std::fwrite(content.data(), 1, content.size(), stream.get()) != content.size() ||
        std::fflush(stream.get()) != 0 || fsync(fileno(stream.get())) != 0) {
        throw std::system_error(errno, std::generic_category());
    }
}

}  // namespace

void make_output_folder(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error || !std::filesystem::is_directory(folder, error)) {
        refuse(folder, error ? error.message() : "a file of that name is in the way");
    }
}

void write_file(const std::filesystem::path& file, std::string_view content) {
    write_file_with(
        file, [content](const std::filesystem::path& partial) { write_all(partial, content); });
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

}  // namespace paraspinal

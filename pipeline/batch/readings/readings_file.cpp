// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/readings/readings_file.h"

#include "core/error.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <string>
#include <sys/file.h>
#include <unistd.h>

namespace paraspinal {
namespace {

// Open for appending and locked against other processes until it goes.
class AppendedFile {
  public:
    explicit AppendedFile(const std::filesystem::path& file)
        : name_(file.string()),
          // NOLINTNEXTLINE(*-vararg): open is what it is.
          descriptor_(
              open(file.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0640)) {
        check(descriptor_ >= 0);
        check(flock(descriptor_, LOCK_EX) == 0);
    }
    ~AppendedFile() {
        if (descriptor_ >= 0) {
            close(descriptor_);
        }
    }
    AppendedFile(const AppendedFile&) = delete;
    AppendedFile& operator=(const AppendedFile&) = delete;
    AppendedFile(AppendedFile&&) = delete;
    AppendedFile& operator=(AppendedFile&&) = delete;

    // A line that was cut off must not take the next one with it.
    [[nodiscard]] bool ends_a_line() const {
        const off_t end = lseek(descriptor_, 0, SEEK_END);
        char last = '\n';
        return end <= 0 || (pread(descriptor_, &last, 1, end - 1) == 1 && last == '\n');
    }

    void append(std::string_view text) {
        while (!text.empty()) {
            const ssize_t written = write(descriptor_, text.data(), text.size());
            check(written >= 0 || errno == EINTR);
            text.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
        }
        check(fsync(descriptor_) == 0);
    }

  private:
    void check(bool is_good) const {
        if (!is_good) {
            throw Error(ErrorCode::output_not_writable,
                        "cannot write '" + name_ + "': " + std::strerror(errno) +
                            "; check the permissions and the free space of its folder");
        }
    }
    std::string name_;
    int descriptor_ = -1;
};

}  // namespace

std::size_t for_each_reading(const std::filesystem::path& folder,
                             const std::function<void(Reading)>& visit) {
    const std::filesystem::path file = folder / kReadingsFile;
    if (!std::filesystem::exists(file)) {
        return 0;
    }
    const auto refuse = [&file] {
        throw Error(ErrorCode::unreadable_file,
                    "cannot read '" + file.string() +
                        "', which holds what people decided; check its permissions");
    };
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        refuse();
    }
    std::size_t damaged = 0;
    for (std::string line; std::getline(stream, line);) {
        if (std::optional<Reading> reading = parse_reading(line)) {
            visit(std::move(*reading));
        } else {
            ++damaged;
        }
    }
    if (stream.bad()) {
        refuse();
    }
    return damaged;
}

void append_reading(const std::filesystem::path& folder, const Reading& reading) {
    AppendedFile file(folder / kReadingsFile);
    file.append((file.ends_a_line() ? "" : "\n") + reading_line(reading));
}

}  // namespace paraspinal

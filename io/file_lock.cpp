// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/file_lock.h"

#include "core/error.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <string>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>

namespace paraspinal {
namespace {

constexpr std::size_t kMaxOwnerBytes = 300;

std::string owner_text() {
    std::array<char, 256> host{};
    static_cast<void>(gethostname(host.data(), host.size() - 1));
    return "process " + std::to_string(getpid()) + " on " + host.data();
}

std::string content_of(int descriptor) {
    std::string text(kMaxOwnerBytes, '\0');
    const ssize_t length = pread(descriptor, text.data(), text.size(), 0);
    text.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
    return text.empty() ? "another process" : text;
}

}  // namespace

FileLock::FileLock(const std::filesystem::path& folder) {
    const std::filesystem::path file = folder / ".lock";
    constexpr int kMode = 0640;
    // A link of that name may lead to any file, whose content would be lost below.
    constexpr int kFlags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW;
    descriptor_ = open(file.c_str(), kFlags, kMode);  // NOLINT(*-vararg)
    if (descriptor_ < 0) {
        throw Error(ErrorCode::output_not_writable,
                    "cannot write '" + file.string() +
                        "': " + std::generic_category().message(errno) +
                        "; check the permissions and the free space of its folder");
    }
    if (flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
        const std::string owner = content_of(descriptor_);
        close(descriptor_);
        throw Error(ErrorCode::ledger_in_use,
                    "'" + folder.string() + "' is in use by " + owner +
                        "; wait until it ends, or choose another output folder");
    }
    const std::string owner = owner_text();
    // Only for the message above; the lock itself does not depend on it.
    if (ftruncate(descriptor_, 0) != 0 || pwrite(descriptor_, owner.data(), owner.size(), 0) < 0) {
        errno = 0;
    }
}

FileLock::~FileLock() {
    close(descriptor_);
}

}  // namespace paraspinal

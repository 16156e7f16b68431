// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/node/server/incoming_lock.h"

#include "core/error.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>

namespace paraspinal {

// The lock is on the folder itself, so that no file of ours lies among what was received.
IncomingLock::IncomingLock(const std::filesystem::path& folder, For purpose)
    : descriptor_(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {  // NOLINT(*-vararg)
    int result = -1;
    do {
        result = flock(descriptor_, purpose == For::adding ? LOCK_SH : LOCK_EX);
    } while (result != 0 && errno == EINTR);
    if (result != 0) {
        const std::string why = std::generic_category().message(errno);
        close(descriptor_);
        throw Error(ErrorCode::output_not_writable,
                    "cannot lock '" + folder.string() + "': " + why + "; check its permissions");
    }
}

IncomingLock::~IncomingLock() {
    close(descriptor_);
}

}  // namespace paraspinal

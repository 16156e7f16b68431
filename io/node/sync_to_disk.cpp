// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/node/sync_to_disk.h"

#include "core/error.h"

#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace paraspinal {

void sync_to_disk(const std::filesystem::path& file_or_folder) {
    const int descriptor = open(file_or_folder.c_str(), O_RDONLY | O_CLOEXEC);  // NOLINT(*-vararg)
    const bool is_good = descriptor >= 0 && fsync(descriptor) == 0;
    const int reason = errno;
    if (descriptor >= 0) {
        close(descriptor);
    }
    if (!is_good) {
        throw Error(ErrorCode::output_not_writable,
                    "cannot bring '" + file_or_folder.string() +
                        "' to the disk: " + std::generic_category().message(reason));
    }
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/private_file.h"

#include "core/error.h"

#include <sys/stat.h>

namespace paraspinal {

void require_private(const std::filesystem::path& file) {
    struct stat status {};
    if (stat(file.c_str(), &status) == 0 && (status.st_mode & S_IRWXO) != 0) {
        throw Error(ErrorCode::usage,
                    "the key '" + file.string() +
                        "' is open to everybody on this machine; close it with: chmod 600 '" +
                        file.string() + "', and make a new one if others may have read it");
    }
}

void keep_files_from_others(bool is_for_group) {
    umask((is_for_group ? S_IWGRP : S_IRWXG) | S_IRWXO);
}

}  // namespace paraspinal

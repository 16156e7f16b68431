// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/study.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

namespace paraspinal {

/// A regular file as a walk meets it.
struct FileOnDisk {
    std::filesystem::path path;
    std::int64_t size_bytes = 0;
    std::int64_t modified_ns = 0;  ///< Since 1970.
    std::uint64_t device = 0;      ///< With `inode` names the file whatever link led to it.
    std::uint64_t inode = 0;
};

/// What a walk calls for each file, and for each folder or entry that it cannot use.
struct WalkVisitor {
    std::function<void(const FileOnDisk&)> file;
    std::function<void(SkippedFile)> skipped;
};

/// Walks `paths` to the bottom, in sorted order, without holding the files: memory grows with the
/// number of folders only. Links are followed, each folder is visited once. A path to a file named
/// DICOMDIR stands for its folder. The folder `left_out` (may be empty) is not entered.
/// Throws Error input_not_found for a path that does not exist.
void walk_files(const std::vector<std::filesystem::path>& paths,
                const std::filesystem::path& left_out,
                const WalkVisitor& visitor);

/// The regular files below some paths, and the folders that could not be read.
struct FoundFiles {
    std::vector<std::filesystem::path> files;  ///< Sorted, each file once.
    std::vector<SkippedFile> skipped;          ///< Unreadable folders.
};

/// All files of such a walk; one that is reached twice (links, loops, overlapping paths) is listed
/// once, by its first path in sorted order. Throws as walk_files.
FoundFiles find_files(const std::vector<std::filesystem::path>& paths);

}  // namespace paraspinal

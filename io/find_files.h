// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/study.h"

#include <filesystem>
#include <vector>

namespace paraspinal {

/// The regular files below some paths, and the folders that could not be read.
struct FoundFiles {
    std::vector<std::filesystem::path> files;  ///< Sorted, each file once.
    std::vector<SkippedFile> skipped;          ///< Unreadable folders.
};

/// Walks `paths` to the bottom. A path to a file named DICOMDIR stands for its folder. Links are
/// followed; a folder or file reached twice (links, loops, overlapping paths) is visited once, by
/// its first path in sorted order. Throws Error input_not_found for a path that does not exist.
FoundFiles find_files(const std::vector<std::filesystem::path>& paths);

}  // namespace paraspinal

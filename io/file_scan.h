// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/study.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// What one file holds: a study with one series of the file's slices, or a reason why not.
struct FileScan {
    std::optional<Study> study;
    std::vector<SkippedFile> skipped;
};

}  // namespace paraspinal

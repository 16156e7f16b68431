// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/batch/readings/reading.h"

#include <cstddef>
#include <filesystem>
#include <functional>

namespace paraspinal {

/// The readings of a run: one line each, in the order in which they were made.
inline constexpr const char* kReadingsFile = "readings.jsonl";

/// Calls `visit` for each reading in `folder`, in their order; a folder without any has none.
/// Returns the number of lines that are no reading, such as one that a power cut left unfinished.
/// Throws Error unreadable_file.
std::size_t for_each_reading(const std::filesystem::path& folder,
                             const std::function<void(Reading)>& visit);

/// Adds `reading` to those in `folder`: it is on disk when this returns, behind all others,
/// whatever other processes add at the same time. Throws Error output_not_writable.
void append_reading(const std::filesystem::path& folder, const Reading& reading);

}  // namespace paraspinal

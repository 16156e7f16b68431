// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <vector>

namespace paraspinal {

/// Says on standard error in which of the runs in `folders` lines of the readings are damaged, so
/// that decisions may be missing from what was written. Returns the exit code that goes with it:
/// kExitSomeFailed, or 0 where there are none. Throws Error as for_each_reading.
int tell_damaged_readings(const std::vector<std::filesystem::path>& folders);

}  // namespace paraspinal

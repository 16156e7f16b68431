// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/follow/follow_patients.h"

#include <filesystem>
#include <string>
#include <vector>

namespace paraspinal {

/// Writes `pictures/<study folder>_<study folder>.png` in `folder` for each pair whose runs kept
/// image and outlines, and `trends/<study folder>.svg`, named by the first examination, for each
/// patient with three or more that are compared; those of an earlier call are removed. Sets the
/// names of the pictures in the pairs. Returns, a sentence each, which slices that a run kept
/// cannot be read. Throws Error output_not_writable.
std::vector<std::string> write_follow_pictures(const std::filesystem::path& folder,
                                               FollowUp& result);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace paraspinal {

/// What decides how studies are measured, besides their own files.
struct RunDescription {
    std::string software;                      ///< version_text(): program, models and libraries.
    std::string options;                       ///< What workers are told, as JSON.
    std::vector<std::filesystem::path> files;  ///< Those that the options name.
};

/// Digest of a description in which the files count by their content: a study that was measured
/// under another one is measured again. Throws Error unreadable_file.
std::string options_fingerprint(const RunDescription& run);

}  // namespace paraspinal

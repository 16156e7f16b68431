// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace paraspinal::testing {

/// Writes a shell script into `folder` that plays a worker process: it says that it is ready and
/// runs `reaction` for each line, which is in $request. Answers go to descriptor 0.
std::filesystem::path fake_worker(const std::filesystem::path& folder, const std::string& reaction);

}  // namespace paraspinal::testing

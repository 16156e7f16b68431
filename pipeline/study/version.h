// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace paraspinal {

/// Version of this program and library, "0.1.0".
std::string_view software_version();

/// What `--version` prints: program, models and the libraries that the numbers depend on.
std::string version_text();

}  // namespace paraspinal

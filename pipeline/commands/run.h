// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>

#include <functional>

namespace paraspinal {

/// What `main` does once the command line is understood; returns the exit code. Parsing only stores
/// it and touches no file.
using Run = std::function<int()>;

/// Width of help texts and tables.
inline constexpr int kTerminalColumns = 80;

}  // namespace paraspinal

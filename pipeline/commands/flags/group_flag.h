// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>

namespace paraspinal {

/// Adds `--group-readable` to every command below `app` that writes files (those with `--output`,
/// and `report` and `review`, which write into the folder of a run). `is_for_group` must outlive
/// the parsing.
void add_group_flag(CLI::App& app, bool& is_for_group);

/// Whether the command line is that of a process which `batch` started: whom its files are open to
/// was decided there.
bool is_worker(const CLI::App& app);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>

namespace paraspinal {

/// Throws Error usage when a file that the command line of `app` names as one to be written
/// (--output, --picture, --unmatched, --methods, --sav, --dta) exists and is another file that it
/// names too, under whatever name; of `--measurements DIR` that is measurements.csv in it.
void refuse_overwriting(const CLI::App& app);

}  // namespace paraspinal

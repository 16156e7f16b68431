// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/series/series_words.h"

#include <string>

namespace paraspinal {

/// Fills in what a name (plain_name) says of fat: suppressed, alone, without it, out of phase with
/// water. What it denies ("no fs", "ohne Fettsaettigung") it does not say.
void read_fat_words(const std::string& name, SeriesWords& said);

}  // namespace paraspinal

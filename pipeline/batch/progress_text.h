// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/ledger/ledger.h"
#include "pipeline/batch/run_batch.h"

#include <string>

namespace paraspinal {

/// "512/3000 studies, 3 failed, 1.92/s, 22 min left". Speed and time left are those of this run,
/// `elapsed_s` seconds long, and left out before the first study is done.
std::string progress_text(const BatchProgress& progress, double elapsed_s);

/// A duration for people: "8 s", "22 min", "5 h 10 min".
std::string duration_text(double seconds);

/// "2980 measured, 20 failed: 12 no_axial_t2, 8 fat_suppressed", and how many files nobody could
/// read, if there are any.
std::string outcome_text(const Ledger& ledger);

}  // namespace paraspinal

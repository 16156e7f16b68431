// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image.h"
#include "core/structure.h"

#include <cstdint>
#include <vector>

namespace paraspinal {

/// Pixels row by row as value, count, value, count ...: how page and server exchange outlines.
std::vector<std::int64_t> run_lengths(const LabelMap& labels);
std::vector<std::int64_t> run_lengths(const Mask& mask);

/// The inverse. Throws Error outline_mismatch unless the runs fill `size` with structures.
LabelMap labels_from_runs(const std::vector<std::int64_t>& runs, ImageSize size);

}  // namespace paraspinal

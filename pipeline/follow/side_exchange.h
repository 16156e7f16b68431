// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/follow/match_slices.h"

namespace paraspinal {

/// Whether right and left seem to have changed places between two examinations, as when one image
/// is mirrored: in a quantity of a muscle both sides differ by more than smallest_real_change, and
/// neither does when right is compared with left; and of all quantities fewer sides differ so.
bool are_sides_exchanged(const MatchedSlices& slices);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry.h"
#include "core/structure.h"

#include <string>
#include <vector>

namespace paraspinal {

/// What is odd about the shapes of the outlines, one phrase each ("psoas left 31 mm from the
/// vertebral body"): dents or tails, one side much smaller than the other, psoas far from the body.
/// The limits lie beyond nearly all reference outlines; scripts/train/outline/shape_limits.py.
std::vector<std::string> shape_doubts(const LabelMap& labels, PixelSpacing spacing);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/structure.h"

namespace paraspinal {

/// Makes anatomy of what the network labeled pixel by pixel: each structure keeps its largest
/// connected part (neighbors share a side) and loses its holes. Of parts of the vertebral body
/// that are at least half as large as the largest, the one nearest to multifidus is kept; of parts
/// of a psoas that have at least a fifth of the largest, the one nearest to the body. Where there
/// is no multifidus, or no body, the largest part stays here too. Parts that are dropped become
/// background; a hole is filled only where it is background, so structures never overlap.
LabelMap clean_outlines(const LabelMap& labels);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"
#include "core/structure.h"

#include <array>
#include <string>
#include <vector>

namespace paraspinal {

/// A measured slice of a pair, and what stands above it.
struct PicturedSlice {
    std::string title;
    ImageSlice slice;
    LabelMap labels;
};

/// Both slices of a pair side by side with their outlines, as the bytes of a PNG file: in
/// radiological display, at one scale, each around its own outlines; `lines` and a scale bar below.
/// The same input gives the same bytes.
std::string pair_png(const std::array<PicturedSlice, 2>& slices,
                     const std::vector<std::string>& lines);

}  // namespace paraspinal

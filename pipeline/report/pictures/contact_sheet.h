// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"
#include "core/structure.h"

#include <string>
#include <vector>

namespace paraspinal {

/// A slice outlined twice.
struct ComparedOutlines {
    std::string title;
    std::string caption;
    ImageSlice slice;
    LabelMap ours;
    LabelMap reference;
};

/// One picture of all of them, as the bytes of a PNG file: each slice cut to its outlines, in
/// radiological display; ours in the colors of the overlay, the reference as a white line.
/// The same input gives the same bytes. Needs at least one.
std::string contact_sheet_png(const std::vector<ComparedOutlines>& slices);

}  // namespace paraspinal

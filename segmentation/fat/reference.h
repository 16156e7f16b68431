// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"
#include "core/structure.h"

#include <optional>

namespace paraspinal {

/// What pure fat and no signal look like on a slice.
struct FatReference {
    double air = 0;  ///< No signal.
    double fat = 0;  ///< Typical brightness of the subcutaneous fat.
};

/// Measures the subcutaneous fat: the bright part of the body behind the paraspinal muscles, within
/// their width. nullopt when less than 1 cm2 of it is in the picture, or when it is not clearly
/// brighter than the dark tissues of the slice.
/// Back and front come from the plane of the slice, so any way the picture is turned will do.
std::optional<FatReference> subcutaneous_fat(const ImageSlice& slice, const LabelMap& labels);

}  // namespace paraspinal

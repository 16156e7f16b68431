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

/// Measures the subcutaneous fat: the bright part of the body behind the paraspinal muscles and not
/// wider than they are. nullopt when less than 1 cm2 of it is in the picture, or when it is not
/// brighter than the muscles.
/// The body behind the muscles is found by the plane of the slice, so any orientation will do.
std::optional<FatReference> subcutaneous_fat(const ImageSlice& slice, const LabelMap& labels);

}  // namespace paraspinal

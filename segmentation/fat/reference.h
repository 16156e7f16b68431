// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"
#include "core/structure.h"

#include <optional>
#include <vector>

namespace paraspinal {

/// Where the fat that muscle is compared with lies.
enum class FatPlace {
    subcutaneous,  ///< Behind the muscles or at their flanks.
    /// Anywhere else around the muscles but in the canal: between muscles, retroperitoneal. As
    /// bright as subcutaneous fat on average, but it may be 1.4 times brighter or darker.
    elsewhere,
};

/// What pure fat and no signal look like on a slice.
struct FatReference {
    double air = 0;  ///< No signal.
    double fat = 0;  ///< Typical brightness of fat near the muscles.
    FatPlace place = FatPlace::subcutaneous;
};

/// The reference, with what it was taken from.
struct SeenFat {
    FatReference reference;
    /// The brightness that other looks at the same fat give: nearer, farther, one side only.
    std::vector<double> choices;
    Mask where;  ///< 1 where a pixel was taken for fat.
};

/// Measures the fat within 12 mm (25, 40 where there is none) behind the paraspinal muscles and at
/// their flanks: the pixels past halfway from dark tissue to fat. The body need not be seen as one
/// piece, and dark halves, bands or few gray levels do no harm. Where less than 0.5 cm2 of it is in
/// the picture or none is 1.5 times as bright as dark tissue, fat elsewhere serves; nullopt when
/// there is none either. Back and front come from the plane of the slice, so any way the picture is
/// turned will do.
std::optional<SeenFat> see_fat(const ImageSlice& slice, const LabelMap& labels);

}  // namespace paraspinal

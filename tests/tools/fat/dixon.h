// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"
#include "core/structure.h"

#include <filesystem>
#include <string>
#include <vector>

namespace paraspinal::evaluation {

/// One axial slice of a Dixon acquisition with its expert muscle outlines.
struct DixonSlice {
    Image<float> water;
    Image<float> fat;
    LabelMap labels;
    PixelSpacing spacing;
    ImagePlane plane;
    double fat_over_lean =
        1;  ///< Brightness of pure fat over that of lean muscle, see composite.h.
};

/// Fat over fat and water, [0, 1]; 0 without signal. The images are T1-weighted, so this is more
/// than the part of the pixel that fat takes.
double fat_fraction(const DixonSlice& slice, std::size_t pixel);

/// The part of the pixel that fat takes, [0, 1]: water and fat each in units of the pure tissue.
double fat_volume(const DixonSlice& slice, std::size_t pixel);

/// Percent of the muscle pixels for which `of(slice, pixel)` is above one half.
template <class Part>
double muscle_fat_pct(const DixonSlice& slice, Part of) {
    double muscle = 0;
    double fat = 0;
    for (std::size_t i = 0; i < slice.labels.pixels.size(); ++i) {
        if (is_paraspinal_muscle(slice.labels.pixels[i])) {
            muscle += 1;
            fat += of(slice, i) > 0.5 ? 1 : 0;
        }
    }
    return 100 * fat / muscle;
}

/// Mean fat fraction of the muscle pixels, percent.
double mean_fraction_pct(const DixonSlice& slice);

/// Every `step`-th slice of `folder`/`subject`_{water,fat,labels}.nii.gz that shows all muscles.
std::vector<DixonSlice> read_dixon(const std::filesystem::path& folder,
                                   const std::string& subject,
                                   int step);

}  // namespace paraspinal::evaluation

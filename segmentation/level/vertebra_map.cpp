// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/level/vertebra_map.h"

#include <algorithm>
#include <functional>

namespace paraspinal {

ImageSlice body_probability(const VertebraMap& map) {
    ImageSlice slice{.intensity = Image<float>(kSagittalGrid),
                     .spacing = {.row_mm = kSagittalPixelMm, .col_mm = kSagittalPixelMm},
                     .plane = map.plane};
    for (const VertebraClass body : kBodyClasses) {
        std::ranges::transform(slice.intensity.pixels,
                               map.of(body).pixels,
                               slice.intensity.pixels.begin(),
                               std::plus<>());
    }
    return slice;
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "segmentation/level/vertebra_map.h"

#include <cstddef>
#include <utility>
#include <vector>

namespace paraspinal {

/// What is connected in one slice.
struct Blob {
    std::size_t slice = 0;
    std::vector<PixelIndex> pixels;
    Vec3 center_mm;
};

/// Blobs of several slices that belong to one body.
struct BlobGroup {
    std::vector<Blob> blobs;
    Vec3 center_mm;
    std::size_t pixels = 0;

    void add(Blob blob) {
        const auto count = static_cast<double>(blob.pixels.size());
        const double share = count / (static_cast<double>(pixels) + count);
        center_mm = center_mm + share * (blob.center_mm - center_mm);
        pixels += blob.pixels.size();
        blobs.push_back(std::move(blob));
    }
};

/// The spine as a chain of groups from feet to head; see find_bodies. `across` is the normal of the
/// slices.
std::vector<BlobGroup> spine_blobs(const std::vector<VertebraMap>& maps, const Vec3& across);

}  // namespace paraspinal

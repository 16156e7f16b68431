// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/spine/every_slice.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace paraspinal {

/// The slice of a stretch on which a muscle is largest.
struct LargestSection {
    double area_mm2 = 0;  ///< Across the spine.
    SpinePlace place;
    std::string slice_uid;
};

/// Why there is no volume.
struct VolumeFailure {
    ErrorCode code = ErrorCode::level_not_covered;
    std::string message;
};

/// A muscle between two inferior endplates.
struct StretchVolume {
    std::optional<Structure> muscle;  ///< Nothing: multifidus and erector spinae of both sides.
    std::string upper;                ///< "L1"
    std::string lower;                ///< "L5"
    std::variant<MuscleVolume, VolumeFailure> volume;
    /// Of the slices that lie between them; nothing without a volume, as where slices are missing
    /// the largest section may be too.
    std::optional<LargestSection> largest;
    std::vector<Flag> flags;  ///< Of those slices, each once.
};

/// Every pair of the inferior endplates of L1 to L5, from head to feet, and for each all four
/// paraspinal muscles together, each of them, and psoas of both sides. Sections of slices with a
/// place count, flagged or not. Of all four together everything is the sum.
std::vector<StretchVolume> spine_volumes(const std::vector<SliceOutcome>& slices,
                                         const std::optional<SpineAxis>& axis,
                                         const std::string& why_not);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"
#include "segmentation/level/find_vertebrae.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// How the measured slice was chosen.
enum class LevelSource { sagittal, operator_choice, single_slice };

/// Column text: "sagittal", "operator" or "single_slice".
std::string_view level_source_name(LevelSource source);

/// Where a slice lies against an endplate.
struct SlicePosition {
    /// Distance from the center of the endplate to the plane of the slice, positive when the slice
    /// passes above it, nearer to the head.
    double offset_mm = 0;
    double tilt_deg = 0;  ///< Angle between the two planes, [0, 90].
};

/// The slice that would be measured if the vertebrae had to be counted otherwise.
struct LevelAlternative {
    std::string vertebra;   ///< As named here: "L4" when that could be the level looked for.
    std::string slice_uid;  ///< Empty when no slice lies near it.
    SlicePosition position;
};

/// The vertebral level of the measured slice and what speaks for it.
struct LevelEvidence {
    std::string level = "L3";
    LevelSource source = LevelSource::operator_choice;
    std::optional<double> confidence;  ///< [0, 1]; only when found on the sagittal series.
    std::optional<double> slice_offset_mm;
    std::optional<double> slice_tilt_deg;
    std::optional<Endplate> endplate;            ///< Inferior, of that vertebra.
    int level_offset = 0;                        ///< Spine::operator_shift of that series.
    std::vector<LevelAlternative> alternatives;  ///< Empty when the names are not in doubt.
};

/// What the sagittal T2 series of a study shows of the spine.
struct SpineView {
    std::string series_uid;
    bool is_known_t2 = true;  ///< False where nothing says how the series is weighted.
    std::string frame_of_reference_uid;
    Spine spine;
    std::string model;  ///< VertebraModel::description().
    int slices_read = 0;
    ImageSlice slice;             ///< The slice through the middle of the spine.
    ImageSlice body_probability;  ///< Of that slice, on the grid of the network.
};

/// The spine, and all axial slices that the measured one was chosen from.
struct LevelView {
    SpineView sagittal;
    std::vector<ImageFrame> axial;
    std::optional<std::size_t> chosen;  ///< Among `axial`.
};

}  // namespace paraspinal

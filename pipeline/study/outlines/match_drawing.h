// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image.h"
#include "core/structure.h"
#include "core/study.h"
#include "pipeline/study/outlines/own_outlines.h"

#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// The slices that the operator drew on, as `slice_uid`, of the study or of one series of it. From
/// DICOM: those that the drawing refers to, or else all in whose plane it lies (lies_in_plane; for
/// contours, all points within kSamePlaneMm) in the same frame of reference. From ImageJ: those
/// that paraspinal wrote into the ROIs. Empty when the outlines do not say, as NIfTI label maps.
/// Throws Error outline_mismatch when a DICOM drawing belongs to another study, that is, refers to
/// none of the images and names another study, and when it lies on none of the slices.
std::vector<std::string> slices_drawn_on(const OwnOutlines& own,
                                         const Study& study,
                                         const std::optional<std::string>& series_uid);

/// What one segment or ROI covers of a slice.
struct StructureMask {
    Structure structure = Structure::background;
    Mask mask;
};

/// What was drawn on `slice` of `series`: pixels of segments by the nearest one at each pixel
/// center, contours by the rule of roi_mask, those of one ROI even-odd. Parts drawn on another
/// image of the same plane count only where nothing was drawn on this one. Throws Error
/// outline_mismatch when there is nothing, and as read_part and roi_mask.
std::vector<StructureMask> masks_on(const DicomDrawing& drawing,
                                    const Series& series,
                                    const SliceHeader& slice);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/study.h"

#include <optional>
#include <vector>

class DcmItem;
class DcmTagKey;

namespace paraspinal::dicom {

/// PixelSpacing (0028,0030) of an item; nullopt when missing, malformed or not above zero.
std::optional<PixelSpacing> read_spacing(DcmItem& item);

/// Plane from the position in one item and the orientation in another; nullopt when missing,
/// malformed, or when the directions are no unit vectors at right angles (within 0.02, as of
/// cosines with two decimals). They are made so.
std::optional<ImagePlane> read_plane(DcmItem& position, DcmItem& orientation);

/// The functional groups of a frame: the per-frame ones, then those that all frames share.
struct FrameGroups {
    DcmItem* per_frame = nullptr;
    DcmItem* shared = nullptr;
};

/// Groups of every frame, in frame order; empty for classic images.
std::vector<FrameGroups> functional_groups(DcmItem& dataset);

/// First item of a frame's functional group, per-frame before shared; nullptr when in neither.
DcmItem* group_item(const FrameGroups& groups, const DcmTagKey& sequence);

/// One header a frame (one in all for classic images), each a copy of `common` completed with
/// what its frame says.
std::vector<SliceHeader> read_frames(DcmItem& dataset, const SliceHeader& common);

}  // namespace paraspinal::dicom

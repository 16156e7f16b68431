// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"
#include "pipeline/study/level/choose_slice.h"
#include "pipeline/study/outlines/own_outlines.h"
#include "pipeline/study/study_report.h"
#include "segmentation/outline/outline.h"

#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// Outlines and where they came from.
struct SliceOutlines {
    Outlines outlines;
    std::string source;         ///< As the column `outline_source`.
    std::string model;          ///< Empty when the network was not used.
    std::vector<QcFlag> flags;  ///< Doubts about the operator's outlines.
};

/// The network's outlines where the operator drew none. What she drew wins pixel by pixel, and the
/// network's outline of a structure that she drew is dropped. Where four muscles and vertebral body
/// are hers, the network does not run at all. Two ROIs of one structure are united; where two
/// structures overlap, the one that comes first in label order keeps the pixels, with the flag
/// `outlines_overlap` when they are many. Her structures have no confidence.
/// Flag `outline_slice_not_verified`: nothing shows that her ROIs were drawn on this slice.
/// Throws Error outline_mismatch (another image or another slice), and as read_nifti_labels,
/// masks_on and OutlineModel::outline.
SliceOutlines outline_slice(const ImageSlice& slice,
                            const ChosenSlice& chosen,
                            const std::optional<OwnOutlines>& own,
                            OutlineModel& model);

}  // namespace paraspinal

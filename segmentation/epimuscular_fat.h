// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry.h"
#include "core/structure.h"

#include <string_view>

namespace paraspinal {

/// What counts as muscle inside an outline.
enum class MuscleRoi {
    /// The whole compartment inside the fascia, as outlined. So Yang et al. 2025, Figure 1: the
    /// outline of the muscles meets "all adipose tissue", and all that lies in both is FA.
    fascial,
    /// Without the fat that lies between muscle and fascia, see without_epimuscular_fat.
    muscle,
};

/// Name as on the command line and in files.
std::string_view muscle_roi_name(MuscleRoi roi);

/// Throws Error usage for a name that is none.
MuscleRoi muscle_roi_from_name(std::string_view name);

struct EpimuscularOptions {
    /// Fat that begins within this distance of the outer border of a muscle may lie outside of the
    /// muscle: the fascia and the pixels that it shares are dark and about this wide.
    double border_mm = 2;
    /// It is followed inwards through fat pixels over this distance and no farther, so that strands
    /// inside of the muscle stay. The fat over the erector spinae is up to about a centimetre deep
    /// (our choice, not measured).
    double depth_mm = 10;
};

/// `labels` without the fat between muscle and fascia (the "fat tent" of Berry et al. 2018,
/// doi:10.1186/s12891-018-2059-x): pixels of paraspinal muscle that are `fat` and are reached from
/// the outer border through fat. What then is left outside of it and is nowhere farther from the
/// border than `border_mm` is fascia and goes too. The border between two muscles that touch is no
/// outer border. Fat that the way from the border does not reach is inside of the muscle and stays.
LabelMap without_epimuscular_fat(const LabelMap& labels,
                                 const Mask& fat,
                                 const PixelSpacing& spacing,
                                 const EpimuscularOptions& options);

}  // namespace paraspinal

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
    /// A pen of this radius that goes round the lean muscle: bays of fat that are narrower than
    /// twice the radius are inside of the muscle (our choice, not measured).
    double pen_mm = 5;
    /// The fascia and the pixels that it shares are dark and about this wide; dark lines that are
    /// not wider are no muscle.
    double fascia_mm = 2;
};

/// `labels` without the fat between muscle and fascia (the "fat tent" of Berry et al. 2018,
/// doi:10.1186/s12891-018-2059-x): the fat that lies outside of a smooth line around the lean
/// muscle and hangs together with the outer border. Dark pixels that this cuts off and that are
/// nowhere farther from the border than `fascia_mm` are fascia and go too. The border between two
/// muscles that touch is no outer border. Fat in the muscle, and strands from its border, stay.
LabelMap without_epimuscular_fat(const LabelMap& labels,
                                 const Mask& fat,
                                 const PixelSpacing& spacing,
                                 const EpimuscularOptions& options);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "segmentation/level/find_vertebrae.h"
#include "segmentation/level/vertebra_map.h"

#include <vector>

namespace paraspinal {

/// Takes the heights from the bodies of `spine` that the pictures of `maps` contradict, on which it
/// was found. The outline of a body rests on the network alone; these are its witnesses:
///
/// - Beyond each endplate lies a disc. Where none is seen, a blank band, metal or a slice beside
///   the body has cut it short: outline_doubtful.
/// - Where the endplates run through black, nothing is seen there: cut_by_image.
/// - Marrow is even. A line or a patch within the outline near an endplate that is much darker or
///   brighter than it is the true border of a dent, edema, or something else that leads the
///   network astray: marrow_doubtful.
/// - The sacrum lies behind the lowest body, or, where it is not seen, the lumbar spine bends
///   forward, with the canal behind it. Where all of that is the other way round, pixels are
///   mirrored and front and back exchanged: mirrored_suspected, of all bodies.
void doubt_by_picture(Spine& spine, const std::vector<VertebraMap>& maps);

}  // namespace paraspinal

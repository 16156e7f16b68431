// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "segmentation/level/fit_endplate.h"
#include "segmentation/level/name_vertebrae.h"
#include "segmentation/level/vertebra_map.h"
#include "segmentation/level/vertebral_shape.h"

#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// A vertebra with its name.
struct Vertebra {
    VertebraCount count = 0;
    BodyPlace place;
    double depth_mm = 0;                        ///< Front to back.
    double confidence = 0;                      ///< [0, 1] of body and name; not calibrated.
    std::optional<Endplate> inferior_endplate;  ///< Absent where too little of it is seen.
    /// Its six points; in doubt until they are measured.
    VertebralShape shape{.doubt = ShapeDoubt::outline_doubtful};
    [[nodiscard]] std::string name() const { return vertebra_name(count); }
};

/// The vertebrae that sagittal slices show.
struct Spine {
    std::vector<Vertebra> vertebrae;  ///< From feet to head; S1 only where it was seen.
    double confidence = 0;            ///< Of the names; as Naming.
    NamingEvidence evidence;          ///< What the names rest on.
    std::vector<NamingDoubt> doubts;  ///< Empty when the names can be relied upon.
    std::vector<int> other_shifts;    ///< As Naming.
    int operator_shift = 0;           ///< By how many places she moved all names up; see recounted.

    /// The vertebra of this place in the count; null when it is not seen.
    [[nodiscard]] const Vertebra* at(VertebraCount count) const;
};

/// The same vertebrae with all names moved up by `shift` places, at the operator's word: with 1,
/// the body called L5 is L4. Nothing is in doubt then.
Spine recounted(Spine spine, int shift);

/// Finds and names vertebrae on what the network saw in parallel sagittal slices, in any order.
/// No vertebra at all is no error: the spine is empty then.
Spine find_vertebrae(const std::vector<VertebraMap>& maps);

}  // namespace paraspinal

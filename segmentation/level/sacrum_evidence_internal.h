// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "segmentation/level/vertebral_bodies.h"

#include <optional>
#include <vector>

namespace paraspinal {

/// The sacrum below S1 on the mean of all slices; see NamingEvidence. `lowest` is the body
/// above S1.
struct SacrumEvidence {
    double area_mm2 = 0;
    double drop_mm = 0;
    double gap_mm = 0;
    double stray_body_mm2 = 0;
    std::optional<Vec3> top_mm;  ///< Center of what lies within kSacrumTopMm below S1.
};

/// S2 and its disc, however far down the sacrum is in view: S2 is about 25 mm high.
inline constexpr double kSacrumTopMm = 25;

SacrumEvidence sacrum_evidence(const std::vector<VertebraMap>& maps,
                               const Vec3& s1_center_mm,
                               const VertebralBody& lowest);

}  // namespace paraspinal

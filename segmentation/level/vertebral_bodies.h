// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "segmentation/level/fit_endplate.h"
#include "segmentation/level/vertebra_map.h"

#include <array>
#include <vector>

namespace paraspinal {

/// The mean probability of each class in a body or in a part of it, by VertebraClass.
using ClassShares = std::array<double, kVertebraClasses>;

/// A vertebral body that has no name yet.
struct VertebralBody {
    BodyPlace place;
    double depth_mm = 0;                ///< Front to back.
    double area_mm2 = 0;                ///< Of its cross-section, median over the slices.
    ClassShares shares{};               ///< Over all slices.
    std::vector<ClassShares> by_slice;  ///< In each slice; all zero where it is not seen.
};

/// Finds the bodies of the spine, from feet to head.
///
/// A body is what is connected in a slice where the summed probability of all bodies exceeds 0.5,
/// joined over the slices. The spine is the chain that grows from the largest body to both ends;
/// whatever lies beside it is left out. `maps` are parallel slices in any order. May be empty.
std::vector<VertebralBody> find_bodies(const std::vector<VertebraMap>& maps);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"
#include "core/structure.h"
#include "segmentation/network.h"

#include <map>
#include <string>

namespace paraspinal {

/// Outlines of one slice on its own grid.
struct Outlines {
    LabelMap labels;
    /// Mean probability inside each outlined structure, [0, 1]; see segmentation/models/README.md.
    std::map<Structure, double> confidence;
};

/// The outlining network that is part of the program. One object serves one thread at a time.
/// See segmentation/models/README.md for what it was trained on and its scores.
class OutlineModel {
  public:
    OutlineModel();

    /// As Network::description().
    [[nodiscard]] const std::string& description() const { return network_.description(); }

    /// Outlines multifidus, erector spinae, vertebral body and psoas of an axial T2 slice, left and
    /// right by the patient's coordinates. Structures that are not found have no pixels.
    /// Throws Error image_constant.
    [[nodiscard]] Outlines outline(const ImageSlice& slice);

  private:
    Network network_;
};

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"
#include "core/structure.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace paraspinal {

/// Outlines of one slice on its own grid.
struct Outlines {
    LabelMap labels;
    /// Mean probability of the network inside each outlined structure, [0, 1]. Not calibrated.
    std::map<Structure, double> confidence;
};

/// The outlining network with its weights, loaded once and shared by all threads that want it.
/// See segmentation/models/README.md for what it was trained on and its scores.
class OutlineModel {
  public:
    /// Loads the model that is built into the program.
    OutlineModel();
    ~OutlineModel();
    OutlineModel(const OutlineModel&) = delete;
    OutlineModel& operator=(const OutlineModel&) = delete;
    OutlineModel(OutlineModel&&) noexcept;
    OutlineModel& operator=(OutlineModel&&) noexcept;

    /// Name, version and start of the checksum: "outline 0.1.0 (1a2b3c4d)".
    [[nodiscard]] const std::string& description() const;

    /// Outlines multifidus, erector spinae, vertebral body and psoas of an axial T2 slice, left and
    /// right by the patient's coordinates. Structures that are not found have no pixels.
    /// Throws Error image_constant, not_lumbar (no paraspinal muscle at all).
    [[nodiscard]] Outlines outline(const ImageSlice& slice) const;

  private:
    struct Network;
    std::unique_ptr<Network> network_;
};

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"
#include "core/structure.h"

#include <map>
#include <memory>
#include <string>

namespace paraspinal {

/// Outlines of one slice on its own grid.
struct Outlines {
    LabelMap labels;
    /// Mean probability inside each outlined structure, [0, 1]; see segmentation/models/README.md.
    std::map<Structure, double> confidence;
};

/// Name, version and start of the checksum of the built-in model: "outline 0.2.0 (1a2b3c4d)".
std::string outline_model_description();

/// The outlining network with its weights. One object serves one thread at a time.
/// See segmentation/models/README.md for what it was trained on and its scores.
class OutlineModel {
  public:
    /// Loads the model that is built into the program.
    OutlineModel();
    ~OutlineModel();
    OutlineModel(const OutlineModel&) = delete;
    OutlineModel& operator=(const OutlineModel&) = delete;
    OutlineModel(OutlineModel&& other) noexcept;
    OutlineModel& operator=(OutlineModel&& other) noexcept;

    /// Outlines multifidus, erector spinae, vertebral body and psoas of an axial T2 slice, left and
    /// right by the patient's coordinates. Structures that are not found have no pixels.
    /// Throws Error image_constant.
    [[nodiscard]] Outlines outline(const ImageSlice& slice);

  private:
    struct Network;
    std::unique_ptr<Network> network_;
};

}  // namespace paraspinal

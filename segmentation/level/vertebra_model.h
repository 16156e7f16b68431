// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"
#include "segmentation/level/vertebra_map.h"
#include "segmentation/network.h"

#include <filesystem>
#include <string>

namespace paraspinal {

/// The network that finds vertebrae on sagittal T2 slices. One object serves one thread at a time.
/// See segmentation/models/vertebrae.md for what it was trained on and its scores.
class VertebraModel {
  public:
    /// The model that is part of the program.
    VertebraModel();
    /// A model in a file (ONNX), for cross-validation.
    explicit VertebraModel(std::filesystem::path onnx_file);

    /// As Network::description().
    [[nodiscard]] const std::string& description() const { return network_.description(); }

    /// Looks at a sagittal T2 slice, however it is stored (flipped, transposed).
    /// Throws Error image_constant, and as Network::run.
    [[nodiscard]] VertebraMap look_at(const ImageSlice& slice);

  private:
    Network network_;
};

}  // namespace paraspinal

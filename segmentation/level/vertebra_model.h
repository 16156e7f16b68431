// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"
#include "segmentation/level/vertebra_map.h"

#include <filesystem>
#include <memory>
#include <string>

namespace paraspinal {

/// Name, version and start of the checksum of the built-in model: "vertebrae 0.1.0 (1a2b3c4d)".
std::string vertebra_model_description();

/// The network that finds vertebrae on sagittal T2 slices, with its weights. One object serves one
/// thread at a time. The weights are loaded on first use, since many studies do not need them.
/// See segmentation/models/vertebrae.md for what it was trained on and its scores.
class VertebraModel {
  public:
    /// The model that is built into the program.
    VertebraModel();
    /// A model in a file (ONNX), for cross-validation.
    explicit VertebraModel(std::filesystem::path onnx_file);
    ~VertebraModel();
    VertebraModel(const VertebraModel&) = delete;
    VertebraModel& operator=(const VertebraModel&) = delete;
    VertebraModel(VertebraModel&& other) noexcept;
    VertebraModel& operator=(VertebraModel&& other) noexcept;

    /// Looks at a sagittal T2 slice, however it is stored (flipped, transposed).
    /// Throws Error image_constant; input_not_found or malformed_file for the model's own file.
    [[nodiscard]] VertebraMap look_at(const ImageSlice& slice);

  private:
    struct Network;
    std::unique_ptr<Network> network_;
};

}  // namespace paraspinal

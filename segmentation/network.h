// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image.h"

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// The grid that a network looks at: square pixels, centered on the image.
struct NetworkGrid {
    ImageSize size;
    double pixel_mm = 1;
    friend bool operator==(const NetworkGrid&, const NetworkGrid&) = default;
};

/// What the program takes a network to look at and to tell apart.
struct NetworkLayout {
    NetworkGrid grid;
    /// Names of its outputs, in order; must outlive the network.
    std::span<const std::string_view> channels;
};

/// The files of a network that is part of the program (paraspinal_embed_network): weights in ONNX
/// and a card in JSON, both written by scripts/train.
struct NetworkFiles {
    std::string_view weights;
    std::string_view card;
};

/// A network with its weights: an image in, a probability map for each channel out. The weights are
/// loaded on first use, since many studies do not need them. One object serves one thread at a
/// time.
class Network {
  public:
    /// Throws Error internal when the card is not that of such a layout, so that another network
    /// never passes for the one that the program was written for.
    Network(const NetworkFiles& files, const NetworkLayout& layout);
    /// Weights in a file (ONNX) without a card, for cross-validation.
    Network(std::filesystem::path onnx_file, const NetworkLayout& layout);
    ~Network();
    Network(const Network&) = delete;
    Network& operator=(const Network&) = delete;
    Network(Network&& other) noexcept;
    Network& operator=(Network&& other) noexcept;

    /// Name, version and start of the checksum of the weights, as the card says: "outline 0.6.0
    /// (b7857c43)". Without a card the name of the file.
    [[nodiscard]] const std::string& description() const;

    /// The probability of each channel at each pixel of `input`, which lies on the grid.
    /// Throws Error input_not_found or malformed_file for the file; internal when input or outputs
    /// are not those of the layout.
    [[nodiscard]] std::vector<Image<float>> run(const Image<float>& input);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace paraspinal

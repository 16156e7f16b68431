// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image.h"

#include <opencv2/dnn.hpp>

#include <memory>
#include <span>

namespace paraspinal {

/// The layers of a U-Net of scripts/train, as OpenCV read them from ONNX, made ready for oneDNN,
/// which runs them in less than half of OpenCV's time (docs/performance.md). On one thread: studies
/// run in parallel instead, and the sums are the same whatever the number of cores. oneDNN makes
/// its code at run time; where the system forbids that (MemoryDenyWriteExecute of systemd), OpenCV
/// runs the layers, and the probabilities differ by less than 1e-5.
class ForwardPass {
  public:
    /// For images of `size`. Throws Error malformed_file when
    /// the network has a layer of another kind than those of scripts/train, cv::Exception when its
    /// shapes do not fit.
    ForwardPass(const cv::dnn::Net& net, ImageSize size);
    ~ForwardPass();
    ForwardPass(const ForwardPass&) = delete;
    ForwardPass& operator=(const ForwardPass&) = delete;
    ForwardPass(ForwardPass&& other) noexcept;
    ForwardPass& operator=(ForwardPass&&) = delete;

    /// The probabilities, channel after channel, each of the size of the image; valid until the
    /// next run.
    [[nodiscard]] std::span<const float> run(std::span<const float> image);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace paraspinal

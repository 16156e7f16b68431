// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include <string>

namespace paraspinal::testing {

/// The PNG `bytes` as 8-bit color in OpenCV's order; empty when they are no PNG.
cv::Mat decoded(const std::string& bytes);

}  // namespace paraspinal::testing

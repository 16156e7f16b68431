// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/imagej/roi.h"

#include <string>

namespace paraspinal {

/// The bytes of a .roi file: one path of whole coordinates becomes a traced ROI, anything else a
/// composite or an oval. The name must be ASCII.
std::string encode_imagej_roi(const ImageJRoi& roi);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/dicom/codecs.h"

#include <optional>
#include <vector>

namespace paraspinal::dicom {

/// As decode_jpeg_ls, for the JPEG processes 1, 2, 4 and 14 (ISO 10918-1), by DCMTK's copies of the
/// IJG library. What those copies only warn of, data that end early or make no sense, is damage
/// here: they fill the rest of the frame with what they had before.
std::optional<std::vector<char>> decode_jpeg(const std::vector<char>& compressed,
                                             const FrameFormat& expected);

}  // namespace paraspinal::dicom

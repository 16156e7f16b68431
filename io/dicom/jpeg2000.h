// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/dicom/codecs.h"

#include <optional>
#include <vector>

namespace paraspinal::dicom {

/// As decode_jpeg_ls, for JPEG 2000, bare codestreams as well as JP2 files.
std::optional<std::vector<char>> decode_jpeg_2000(const std::vector<char>& compressed,
                                                  const FrameFormat& expected);

}  // namespace paraspinal::dicom

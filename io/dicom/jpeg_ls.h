// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/dicom/codecs.h"

#include <optional>
#include <vector>

namespace paraspinal::dicom {

/// Samples in little-endian byte order, each of bits_allocated; nullopt for data that is damaged,
/// incomplete, or of another size or depth than `expected`.
std::optional<std::vector<char>> decode_jpeg_ls(const std::vector<char>& compressed,
                                                const FrameFormat& expected);

}  // namespace paraspinal::dicom

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image.h"
#include "io/dicom_write/provenance.h"

#include <filesystem>

namespace paraspinal {

/// Writes a DICOM Secondary Capture (PS3.3 A.8.1) of `picture`, uncompressed, for viewers that show
/// neither segments nor reports. It states no pixel spacing, as the picture is scaled and partly
/// text: nothing can be measured on it. The picture must not name the patient.
/// Throws Error output_not_writable, and as the reader of the source.
void write_secondary_capture(const std::filesystem::path& file,
                             const RgbImage& picture,
                             const Provenance& provenance);

}  // namespace paraspinal

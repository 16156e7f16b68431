// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image.h"
#include "io/dicom_write/provenance.h"

#include <filesystem>
#include <string>

namespace paraspinal {

/// What a picture is called.
struct CaptureTitle {
    std::string name = "sc";  ///< Of the object, as object_uid has it.
    std::string series_number = "9003";
    std::string series_description = "Paraspinal overlay (research use)";
    std::string derivation = "Outlines, fat and numbers drawn on the slice";
    std::string series_name = name;     ///< Pictures of one series share it,
    std::string instance_number = "1";  ///< and are numbered.
};

/// Writes a DICOM Secondary Capture (PS3.3 A.8.1) of `picture`, uncompressed, for viewers that show
/// neither segments nor reports. It states no pixel spacing, as the picture is scaled and partly
/// text: nothing can be measured on it. The picture must not name the patient.
/// Throws Error output_not_writable, and as the reader of the source.
void write_secondary_capture(const std::filesystem::path& file,
                             const RgbImage& picture,
                             const CaptureTitle& title,
                             const Provenance& provenance);

}  // namespace paraspinal

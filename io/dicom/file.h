// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>

class DcmDataset;
class DcmFileFormat;

namespace paraspinal::dicom {

/// A DICOM file whose header is in memory and whose long values, pixel data among them, are still
/// on disk. Deflated files, which cannot be read in parts, end before their pixel data.
struct OpenFile {
    std::shared_ptr<DcmFileFormat> format;
    std::string transfer_syntax_uid;  ///< Empty when the file does not name one.
    bool pixels_follow = false;       ///< Pixel data is there, perhaps cut short.
    bool complete = true;             ///< Every element has the length it announces.

    [[nodiscard]] DcmDataset& dataset() const;
};

/// True for files whose first bytes are those of DICOM, with or without preamble.
/// Throws Error unreadable_file.
bool is_dicom_file(const std::filesystem::path& file);

/// Opens a DICOM file of any transfer syntax, with or without preamble and meta header.
/// Throws Error unreadable_file (no permission, vanished), not_an_image (not DICOM) and
/// malformed_file (ends or breaks before the header does, or as check_structure).
OpenFile open_file(const std::filesystem::path& file);

/// As open_file, up to the series instance UID (0020,000E) and not beyond.
OpenFile open_file_until_series(const std::filesystem::path& file);

/// As open_file, with the pixel data of deflated files.
OpenFile open_file_with_pixels(const std::filesystem::path& file);

}  // namespace paraspinal::dicom

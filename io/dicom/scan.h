// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/file_scan.h"

#include <filesystem>
#include <string>

namespace paraspinal {

/// Reads the header of a DICOM file. An image that cannot be read yields its study without series,
/// with the file among `Study::left_out` and the skipped. A DICOMDIR yields itself and each file
/// that it names but that is absent as skipped. Throws Error for files that cannot be read as DICOM
/// at all.
FileScan scan_dicom(const std::filesystem::path& file);

/// Whose study a DICOM file belongs to.
struct FileIdentity {
    std::string study_uid;         ///< Its own, or one as is_unnamed_study.
    std::string patient_id;        ///< Empty when the header says nothing.
    std::string sop_instance_uid;  ///< The same.
    std::string person;            ///< As person_text; empty for what is no MR image.
    std::string accession_number;  ///< Likewise.
};

/// Reads the header of a DICOM file up to its study, whatever kind of object it is; a fraction of
/// the cost of scan_dicom. Throws Error unreadable_file, malformed_file and not_an_image (no DICOM
/// file, or none that is an image or states its study, such as a DICOMDIR).
FileIdentity identify_dicom(const std::filesystem::path& file);

}  // namespace paraspinal

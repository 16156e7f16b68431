// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom_outlines/read_outlines.h"

#include "core/error.h"
#include "io/dicom/elements.h"
#include "io/dicom/file.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

namespace paraspinal {

std::optional<DicomOutlines> read_dicom_outlines(const std::filesystem::path& file) {
    if (!dicom::is_dicom_file(file)) {
        return std::nullopt;
    }
    const dicom::OpenFile header = dicom::open_file_until_series(file);
    const std::string modality = dicom::text(header.dataset(), DCM_Modality);
    if (modality == "SEG") {
        return read_segmentation(file);
    }
    if (modality == "RTSTRUCT") {
        return read_structure_set(file);
    }
    throw Error(ErrorCode::unsupported_encoding,
                "a DICOM object, but neither a segmentation (SEG) nor a structure set (RTSTRUCT)");
}

}  // namespace paraspinal

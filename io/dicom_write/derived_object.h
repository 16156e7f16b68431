// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/dicom/elements.h"
#include "io/dicom_write/coded_concept.h"
#include "io/dicom_write/provenance.h"

#include <filesystem>
#include <string>

class DcmDataset;
class DcmFileFormat;

/// What our DICOM objects have in common, whatever their kind. Private to io/derived.
namespace paraspinal::dicom {

/// One kind of our objects.
struct ObjectKind {
    std::string name;  ///< Goes into its UIDs: "seg", "sr", "sc".
    std::string series_number;
    std::string series_description;  ///< With " (research use)" at its end.
    std::string series_name = name;  ///< Objects of one series share it.
    std::string instance_number = "1";
};

/// Writes `code` as the elements of an item of a code sequence. Throws Error internal.
void put_code(DcmItem& item, const CodedConcept& code);

/// `description` of a series with the number of the first result in it, in place of any before:
/// "Paraspinal overlay, no. 2 (research use)". The first result has none.
std::string with_result_number(std::string description, int number);

/// Gives `object` all that does not depend on what it shows and writes it to `file`: the patient
/// and study of `image` as they are, the UIDs of itself and of its series, dates, equipment; hides
/// who it is when the provenance says so. What `object` had of these is replaced.
/// Throws Error output_not_writable.
void write_object(const std::filesystem::path& file,
                  DcmFileFormat& object,
                  DcmDataset& image,
                  const ObjectKind& kind,
                  const Provenance& provenance);

}  // namespace paraspinal::dicom

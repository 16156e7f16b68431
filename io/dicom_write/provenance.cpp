// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom_write/provenance.h"

#include "io/dicom/elements.h"
#include "io/dicom/file.h"
#include "io/dicom_write/derived_uid.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

namespace paraspinal {
namespace {

bool is_all_digits(const std::string& text, std::size_t count) {
    return text.size() == count && text.find_first_not_of("0123456789") == std::string::npos;
}

// The patient coordinates of the source; where it names none, those of its series.
std::string frame_of_reference(DcmDataset& image) {
    const std::string named = dicom::text(image, DCM_FrameOfReferenceUID);
    return named.empty() ? derived_uid(dicom::text(image, DCM_SeriesInstanceUID) + " place")
                         : named;
}

}  // namespace

Provenance provenance_of(const SliceHeader& source,
                         const std::string& software_version,
                         const std::string& result_digest) {
    constexpr std::size_t kDateDigits = 8;
    constexpr std::size_t kTimeDigits = 6;
    const dicom::OpenFile image = dicom::open_file(source.file);
    const std::string date = dicom::text(image.dataset(), DCM_StudyDate);
    const std::string time = dicom::text(image.dataset(), DCM_StudyTime).substr(0, kTimeDigits);
    return {.source = source,
            .software_version = software_version,
            .result_digest = result_digest,
            .content_date = is_all_digits(date, kDateDigits) ? date : kUnknownDate,
            .content_time = is_all_digits(time, kTimeDigits) ? time : kUnknownTime,
            .frame_of_reference_uid = frame_of_reference(image.dataset())};
}

std::string object_uid(const Provenance& provenance, std::string_view name) {
    return derived_uid(slice_uid(provenance.source) + " " + provenance.result_digest + " " +
                       std::string(name));
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/dicom_write/provenance.h"
#include "io/dicom_write/segmentation.h"
#include "tests/support/dicom_phantom.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal::testing {

/// A slice that lies oblique in the patient.
DicomPhantom oblique_phantom();

/// A stripe of every structure, and fat in the first two columns of each muscle.
SegmentationContent striped(const DicomPhantom& phantom);

/// Names of the files of write_objects.
inline constexpr std::array kObjects{"seg.dcm", "sr.dcm", "sc.dcm"};

/// Writes one object of each kind into `folder`.
void write_objects(const std::filesystem::path& folder,
                   const DicomPhantom& phantom,
                   const Provenance& provenance);

/// What comes of measuring frame `frame` of `file`, which holds images of that phantom.
Provenance phantom_provenance(const std::filesystem::path& file, int frame = 0);

std::string bytes_of(const std::filesystem::path& file);

/// The value of an element as text; empty when it is absent.
std::string value_of(DcmItem& item, const DcmTagKey& tag);

std::unique_ptr<DcmFileFormat> loaded(const std::filesystem::path& file);

DcmItem& item_of(DcmItem& parent, const DcmTagKey& sequence, long index = 0);

/// What `program` says about `file`, both streams; nullopt when it is not installed.
std::optional<std::string> said_by(const std::string& program, const std::filesystem::path& file);

}  // namespace paraspinal::testing

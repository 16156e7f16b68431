// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry.h"
#include "tests/support/dicom_phantom.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

class DcmFileFormat;
class DcmItem;
class DcmTagKey;
class OFCondition;

/// How phantoms put elements into DICOM data sets. Each throws std::runtime_error where DCMTK
/// cannot.
namespace paraspinal::testing {

void check(const OFCondition& condition, const char* what);

void put(DcmItem& item, const DcmTagKey& tag, const std::string& value);
void put_number(DcmItem& item, const DcmTagKey& tag, const std::optional<double>& value);
void put_short(DcmItem& item, const DcmTagKey& tag, int value);
void put_position(DcmItem& item, const ImagePlane& plane);
void put_orientation(DcmItem& item, const ImagePlane& plane);
void put_spacing(DcmItem& item, const PixelSpacing& spacing);
void put_pixels(DcmItem& item, std::vector<std::uint8_t> bytes, int bits_allocated);

/// Puts elements in or takes them out.
void change(DcmItem& item, const std::vector<DicomElement>& changes);

/// A new last item of a sequence, or, from 0, its item of that number.
DcmItem& new_item(DcmItem& parent, const DcmTagKey& sequence, long index = -2);

void save(DcmFileFormat& format, const std::filesystem::path& file, Syntax syntax);

}  // namespace paraspinal::testing

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/dicom_write/secondary_capture.h"
#include "pipeline/study/study_report.h"

#include <string>

namespace paraspinal {

/// The picture to trust or reject a measurement by, as the bytes of a PNG file.
///
/// The slice in radiological display and true aspect, at least 900 pixels wide; outlines and tinted
/// fat; side marks; a scale bar; a panel with the numbers, how they came about and the flags.
/// Where the vertebrae may have to be counted otherwise, the slice of that count lies beside it.
/// No patient name, ID or date is burnt in: the study is named as its output folder. The same
/// report gives the same bytes, however the slice is stored (flipped, transposed).
std::string overlay_png(const StudyReport& report, const std::string& software_version);

/// The same picture as pixels.
RgbImage overlay_pixels(const StudyReport& report, const std::string& software_version);

}  // namespace paraspinal

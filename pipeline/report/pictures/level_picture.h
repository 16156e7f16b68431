// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image.h"
#include "pipeline/study/study_report.h"

#include <string>

namespace paraspinal {

/// The picture to trust or reject the level by, as the bytes of a PNG file.
///
/// The sagittal slice through the middle of the spine in true aspect, head at the top: vertebrae
/// with names, the inferior endplate that was looked for, the line of every axial slice thin and of
/// the measured one bold; below it the offset, the tilt and the doubts. No patient name, ID or date
/// is burnt in. The same report gives the same bytes, however the slices are stored.
/// `report` must have a level_view.
std::string level_png(const StudyReport& report, const std::string& software_version);

/// The same picture as pixels.
RgbImage level_pixels(const StudyReport& report, const std::string& software_version);

}  // namespace paraspinal

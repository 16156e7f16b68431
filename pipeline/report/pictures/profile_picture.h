// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/study_result.h"

#include <string>
#include <vector>

namespace paraspinal {

/// True when there is a profile to draw: two measured slices with a place.
bool has_profile(const std::vector<SliceOutcome>& slices);

/// `profile.png`: CSA across the spine and FDR of the right and left paraspinal muscles against the
/// place along the spine, head at the top, with a line at each inferior endplate. Slices with flags
/// about image, outlines or fat are open circles; lines break where slices are far apart.
std::string profile_png(const StudyIdentity& study,
                        const std::vector<SliceOutcome>& slices,
                        const std::string& software_version);

}  // namespace paraspinal

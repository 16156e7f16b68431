// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/series/classify_study.h"
#include "segmentation/outline/outline.h"

namespace paraspinal {

/// Lets the pixels speak where no header, table or option says what an axial stack is weighted as
/// (weighting_unknown): its middle slice is outlined, and fluid and fat are compared with lean
/// muscle (image_contrast). T2 makes it an axial T2 stack whose slices have the flag
/// `weighting_from_pixels`; T1, fat-suppressed or inverted images are refused as such; what stays
/// unclear, or is not outlined, is left as it is. Nothing is looked at when the study has an axial
/// T2 stack by its headers, or when `is_settled`: the operator named the slice.
ClassifiedStudy classify_by_pixels(ClassifiedStudy study, bool is_settled, OutlineModel& model);

}  // namespace paraspinal

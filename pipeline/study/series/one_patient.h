// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/qc_flag.h"
#include "pipeline/study/series/classify_study.h"

#include <optional>

namespace paraspinal {

/// The flag `patient_contradiction` where the T2 series of a study, whose files do not say whose
/// they are or agree about it, speak of several people or examinations all the same: they state
/// different accession numbers, scanners, heights or weights, or form several sets of sagittal and
/// axial images, each with a frame of reference of its own.
std::optional<QcFlag> doubt_one_patient(const ClassifiedStudy& study);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/study_report.h"

namespace paraspinal::testing {

/// A measured study with every field filled: a drawn lumbar slice (elliptic muscles, vertebral body
/// and skin fat) whose right muscles are larger and whose left ones are fatter. The pixels are not
/// square: 1.2 mm rows, 0.8 mm columns.
StudyReport phantom_report();

/// The same slice as another scanner would store it: rows and columns exchanged and flipped, the
/// plane told accordingly, so that every pixel keeps its place in the patient.
StudyReport stored_differently(const StudyReport& report, const DisplayOrientation& storage);

/// A study that could not be measured.
StudyFailure phantom_failure();

}  // namespace paraspinal::testing

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/study_result.h"

#include <string>
#include <vector>

namespace paraspinal {

/// The columns of `slices.csv`, in order; docs/columns.md says what each one means.
const std::vector<std::string>& slice_columns();

/// The rows of one study: every axial slice, measured or not, from head to feet.
std::vector<std::vector<std::string>> slice_rows(const StudyIdentity& study,
                                                 const FurtherSlices& further,
                                                 const std::string& software_version);

}  // namespace paraspinal

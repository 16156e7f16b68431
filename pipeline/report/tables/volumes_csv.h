// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/study_result.h"

#include <string>
#include <vector>

namespace paraspinal {

/// The columns of `volumes.csv`, in order; docs/columns.md says what each one means.
const std::vector<std::string>& volume_columns();

/// The rows of one study: one a stretch between two inferior endplates and muscle.
std::vector<std::vector<std::string>> volume_rows(const StudyIdentity& study,
                                                  const FurtherSlices& further,
                                                  const std::string& software_version);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/study_result.h"

#include <string>
#include <vector>

namespace paraspinal {

/// The columns of `vertebrae.csv`, in order; docs/columns.md says what each one means.
const std::vector<std::string>& vertebra_columns();

/// The rows of one study: one a vertebral body from T11 to L5 that the sagittal series shows, from
/// head to feet; none where no spine was looked for.
std::vector<std::vector<std::string>> vertebra_rows(const StudyIdentity& study,
                                                    const FurtherSlices& further,
                                                    const std::string& software_version);

}  // namespace paraspinal

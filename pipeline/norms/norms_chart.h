// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/norms/norms_csv.h"

#include <string>

namespace paraspinal {

/// `norms.svg` of a study: CSA and FDR beside the 5th to 95th percentile of the controls against
/// age, the person as a dot with the 90 % interval of measuring again, and a table of all
/// quantities. Empty where nothing could be compared. Names no patient.
std::string norms_svg(const NormsCard& card, const RowCells& row);

}  // namespace paraspinal

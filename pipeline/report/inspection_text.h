// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/report/inspect_study.h"

#include <string>

namespace paraspinal {

/// The result as text of at most 80 columns; with `list_slices` one line more for every slice,
/// whose UIDs may be longer.
std::string inspection_text(const InspectedStudy& inspected, bool list_slices);

}  // namespace paraspinal

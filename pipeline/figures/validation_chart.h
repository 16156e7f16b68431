// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/model/validate_model.h"

#include <string>

namespace paraspinal {

/// Calibration (smooth curve with band, tenths of the patients with intervals, histogram of the
/// risks) and decision curve. The same input gives the same bytes.
std::string validation_svg(const ModelValidation& validation);

}  // namespace paraspinal

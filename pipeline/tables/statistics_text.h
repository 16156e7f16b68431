// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/statistics/group_tests.h"

#include <optional>
#include <string>

namespace paraspinal {

/// A P value for people ("0.046", "<0.001") or, with `exact`, in full.
std::string p_value_text(double p, bool exact);

/// "3.2 [1.1, 5.4]"; "inf" for what is infinite, "-" when absent.
std::string interval_text(const std::optional<IntervalEstimate>& estimate, int decimals);

}  // namespace paraspinal

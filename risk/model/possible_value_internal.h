// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// Private to risk/: included by .cpp files only.
#pragma once

#include "core/error.h"
#include "core/text.h"
#include "risk/model/risk_model.h"

#include <string>

namespace paraspinal {

/// Throws Error invalid_value for a value outside the possible range of `entry`, a Predictor or a
/// PointsItem, and for a binary one other than 0 or 1.
template <class Entry>
void refuse_impossible(const Entry& entry, double value) {
    const ValueRange& range = entry.possible_range;
    if (!(value >= range.low && value <= range.high)) {
        throw Error(ErrorCode::invalid_value,
                    entry.key + " is " + shortest_text(value) + ", possible are " +
                        shortest_text(range.low) + " to " + shortest_text(range.high) +
                        (entry.unit.empty() ? "" : " " + entry.unit));
    }
    if (entry.kind == PredictorKind::binary && value != 0 && value != 1) {
        throw Error(ErrorCode::invalid_value,
                    entry.key + " is " + shortest_text(value) + ", must be 0 or 1");
    }
}

}  // namespace paraspinal

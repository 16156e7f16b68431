// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/interval.h"

#include "core/error.h"
#include "core/normal.h"

namespace paraspinal {

double sd_of(const Interval& interval) {
    if (!(interval.coverage > 0 && interval.coverage < 1)) {
        throw Error(ErrorCode::internal, "an interval has no coverage");
    }
    return (interval.high - interval.low) / (2 * normal_reach(interval.coverage));
}

}  // namespace paraspinal

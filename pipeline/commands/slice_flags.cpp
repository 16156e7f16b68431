// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/slice_flags.h"

namespace paraspinal {

std::vector<CommandFlag> slice_flags(SliceFlags& flags) {
    return {{.name = "--slice",
             .field = &flags.slice_uid,
             .about = "Measure this SOP instance (UID, or UID#frame)",
             .value_name = "UID"},
            {.name = "--series",
             .field = &flags.series_uid,
             .about = "Look at this series only",
             .value_name = "UID"},
            {.name = "--level",
             .field = &flags.level,
             .about = "Vertebra whose inferior endplate is meant",
             .value_name = "L1..L5",
             .choices = {"L1", "L2", "L3", "L4", "L5"}}};
}

SliceRequest slice_request(const SliceFlags& flags) {
    return {.series_uid = flags.series_uid, .slice_uid = flags.slice_uid, .level = flags.level};
}

}  // namespace paraspinal

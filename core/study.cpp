// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/study.h"

namespace paraspinal {

std::string slice_uid(const SliceHeader& slice) {
    if (slice.frames_in_file == 1) {
        return slice.sop_instance_uid;
    }
    return slice.sop_instance_uid + "#" + std::to_string(slice.frame + 1);
}

}  // namespace paraspinal

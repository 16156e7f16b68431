// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/models.h"

namespace paraspinal {

std::string Models::description() const {
    return "outline model: " + outline.description() + "\nlevel model: " + vertebrae.description();
}

}  // namespace paraspinal

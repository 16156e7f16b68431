// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "segmentation/level/vertebra_model.h"
#include "segmentation/outline/outline.h"

#include <string>

namespace paraspinal {

/// The networks that one study needs. One object serves one thread at a time.
struct Models {
    OutlineModel outline;
    VertebraModel vertebrae;

    /// What they are, a line each: "outline model: outline 0.6.0 (b7857c43)".
    [[nodiscard]] std::string description() const;
};

}  // namespace paraspinal

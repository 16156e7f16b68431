// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/flag.h"

#include <string>
#include <string_view>

namespace paraspinal {

/// A doubt that does not forbid the number but that its reader must see.
struct QcFlag {
    Flag flag = Flag::level_not_verified;
    std::string detail;  ///< One sentence for people.

    /// As in the `qc_flags` column.
    [[nodiscard]] std::string_view name() const { return flag_name(flag); }
};

}  // namespace paraspinal

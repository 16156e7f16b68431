// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/commands/flag_table.h"
#include "pipeline/study/choose_slice.h"

#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// The options that say which slice is meant, as typed.
struct SliceFlags {
    std::optional<std::string> slice_uid;
    std::optional<std::string> series_uid;
    std::string level = "L3";
};

std::vector<CommandFlag> slice_flags(SliceFlags& flags);

/// What they mean together.
SliceRequest slice_request(const SliceFlags& flags);

}  // namespace paraspinal

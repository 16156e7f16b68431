// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"

#include <optional>

namespace paraspinal::testing {

/// The code of the Error that leaves `work`; nullopt when none does.
template <class Work>
std::optional<ErrorCode> refusal(const Work& work) {
    try {
        work();
    } catch (const Error& error) {
        return error.code();
    }
    return std::nullopt;
}

}  // namespace paraspinal::testing

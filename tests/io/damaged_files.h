// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>

namespace paraspinal::testing {

/// Cuts the file short at many places and changes bytes of it at random, the same on every run, and
/// expects `read` to take each of these or to throw an Error other than internal, and to throw
/// sometimes.
void expect_named_errors(const std::filesystem::path& file,
                         const std::function<void(const std::filesystem::path&)>& read);

}  // namespace paraspinal::testing

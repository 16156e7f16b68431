// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <filesystem>

namespace paraspinal::testing {

/// The root of the repository.
std::filesystem::path source_folder();

/// The development images that are not part of the repository: the folder named by the environment
/// variable PARASPINAL_SHARED_DATA, or ../shared/data beside the repository. May not exist.
std::filesystem::path shared_data();

}  // namespace paraspinal::testing

/// Skips the running test, saying why, when `relative` is absent from the shared data.
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage): GTEST_SKIP must return from the test itself.
#define PARASPINAL_REQUIRE_SHARED_DATA(relative)                                             \
    if (!std::filesystem::exists(::paraspinal::testing::shared_data() / (relative)))         \
    GTEST_SKIP() << "needs " << (::paraspinal::testing::shared_data() / (relative)).string() \
                 << ", which is not on this machine"

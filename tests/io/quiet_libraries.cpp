// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/library_messages.h"

#include <gtest/gtest.h>

namespace paraspinal {
namespace {

// As the program does when it starts.
class QuietLibraries : public ::testing::Environment {
  public:
    void SetUp() override { silence_library_messages(); }
};

// NOLINTNEXTLINE(cppcoreguidelines-owning-memory): GoogleTest owns environments.
const auto* const kQuiet = ::testing::AddGlobalTestEnvironment(new QuietLibraries);

}  // namespace
}  // namespace paraspinal

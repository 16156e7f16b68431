// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/node/prompt_network.h"

#include <gtest/gtest.h>

namespace paraspinal {
namespace {

// As the program does when it starts.
class PromptNetwork : public ::testing::Environment {
  public:
    void SetUp() override { make_network_prompt(); }
};

// NOLINTNEXTLINE(cppcoreguidelines-owning-memory): GoogleTest owns environments.
const auto* const kPrompt = ::testing::AddGlobalTestEnvironment(new PromptNetwork);

}  // namespace
}  // namespace paraspinal

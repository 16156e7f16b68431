// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>

namespace paraspinal::fuzz {

/// Writes bytes to the same file of this process each time, for readers that take files. It ends
/// in `extension`.
std::filesystem::path file_of(const std::uint8_t* bytes, std::size_t size, const char* extension);

/// Runs `work`; a refusal (Error) is what is expected of most inputs, but not one that stands for a
/// defect (internal).
void expect_refusals(const std::function<void()>& work);

}  // namespace paraspinal::fuzz

/// What each target defines; called by libFuzzer, or by replay_main.cpp. Returns 0.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "core/structure.h"
#include "core/study.h"

#include <filesystem>
#include <string>

namespace paraspinal::testing {

/// The bytes of a file as they lie, and unpacked.
std::string content_of(const std::filesystem::path& file);
std::string unzipped(const std::filesystem::path& file);
/// 40 x 50 pixels, two of them a structure.
LabelMap some_labels();
/// The slice of a file that holds one; what else it holds fails the test.
SliceHeader only_slice(const std::filesystem::path& file);

}  // namespace paraspinal::testing

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace paraspinal {

/// Whether two files hold the same bytes; false where one of them cannot be read.
bool have_same_bytes(const std::filesystem::path& one, const std::filesystem::path& other);

}  // namespace paraspinal

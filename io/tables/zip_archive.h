// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

struct ZipEntry {
    std::string name;
    std::string content;
};

/// What a .zip may hold; more is taken for damage or malice.
struct ZipLimits {
    int entries = 0;
    std::size_t entry_bytes = 0;                       ///< Unpacked, each.
    std::size_t total_bytes = std::size_t{64} << 20U;  ///< Unpacked, all together.
};

/// Unpacks the files of a .zip in memory, in the order in which they lie there; where `is_wanted`
/// is given, only those whose name it takes. Sizes are counted while unpacking; what the .zip says
/// about them is not trusted.
/// Throws Error unreadable_file and malformed_file (damaged, encrypted, beyond `limits`).
std::vector<ZipEntry> read_zip(const std::filesystem::path& file,
                               const ZipLimits& limits,
                               const std::function<bool(std::string_view)>& is_wanted = {});

/// The bytes of a .zip of `entries`. No clock: every entry is dated 1980-01-01, so that the same
/// entries give the same bytes.
std::string zip_of(const std::vector<ZipEntry>& entries);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace paraspinal {

/// SHA-256 of `bytes` as 64 hexadecimal digits (FIPS 180-4).
std::string sha256(std::string_view bytes);

/// A name for files and folders that stands for a long UID: the first 128 bits of its SHA-256, as
/// 32 hexadecimal digits. 10^9 UIDs have different names but for a chance of 10^-21, and nobody can
/// make two with one name.
std::string uid_name(std::string_view uid);

/// HMAC-SHA-256 of `bytes` under `key` as 64 hexadecimal digits (RFC 2104).
std::string hmac_sha256(std::string_view key, std::string_view bytes);

}  // namespace paraspinal

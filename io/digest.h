// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace paraspinal {

/// SHA-256 of `bytes` as 64 hexadecimal digits (FIPS 180-4).
std::string sha256(std::string_view bytes);

/// HMAC-SHA-256 of `bytes` under `key` as 64 hexadecimal digits (RFC 2104).
std::string hmac_sha256(std::string_view key, std::string_view bytes);

}  // namespace paraspinal

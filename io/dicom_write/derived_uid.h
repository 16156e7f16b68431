// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace paraspinal {

/// A DICOM UID that follows from `name` alone, so that the same input gives the same object:
/// "2.25." and the decimal value of a UUID (DICOM PS3.5, B.2) made of the SHA-256 of `name`
/// (version 8, RFC 9562).
std::string derived_uid(std::string_view name);

/// The UID of the UUID (version 8) that the first 32 of `hexadecimal` digits make, but for the six
/// bits that say so.
std::string uid_of_digest(std::string_view hexadecimal);

}  // namespace paraspinal

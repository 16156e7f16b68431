// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace paraspinal {

/// Any bytes, such as a file name in an old encoding, as printable ASCII: '%' and every byte that
/// is not printable ASCII become "%" and two hexadecimal digits (RFC 3986, section 2.1).
std::string percent_encoded(std::string_view bytes);

/// The bytes that `text` stands for; nullopt when a '%' is not followed by two hexadecimal digits.
std::optional<std::string> percent_decoded(std::string_view text);

}  // namespace paraspinal

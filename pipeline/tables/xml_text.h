// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace paraspinal {

/// `text` made safe for XML and HTML, in elements and in quoted attributes: markup is escaped;
/// control characters, bytes that are no UTF-8 and characters that XML 1.0 does not know become
/// "?".
std::string xml_text(std::string_view text);

}  // namespace paraspinal

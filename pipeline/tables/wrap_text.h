// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// Columns of a terminal that no line of ours exceeds.
inline constexpr std::size_t kTerminalWidth = 80;

/// Characters (Unicode code points) of UTF-8 `text`.
std::size_t character_count(std::string_view text);

/// Breaks `text` at blanks into lines that `fits` accepts; a word that is too long by itself is cut
/// between characters. Control characters become "?", so that text from a header or a file name can
/// neither break a table nor command the terminal. Empty text gives no line.
std::vector<std::string> wrapped_lines(std::string_view text,
                                       const std::function<bool(std::string_view)>& fits);

}  // namespace paraspinal

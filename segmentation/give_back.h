// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace paraspinal {

/// Gives the whole pages of `file_content`, a part of the program file, back to the system, which
/// reads them anew when they are used again.
void give_back_pages(std::string_view file_content);

/// Gives back the memory that was freed and that the C library keeps. For after something large
/// that is rarely done: what comes next has to ask the system for its memory.
void give_back_freed();

}  // namespace paraspinal

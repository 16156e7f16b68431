// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/text_table.h"

#include <filesystem>
#include <string_view>

namespace paraspinal {

/// Writes `table` under `title` as a Word document (.docx) through pandoc: Arial on A4, across and
/// in smaller letters where else a word or a number with its interval would break, columns as wide
/// as their texts need, minus signs instead of hyphens, at which Word would break a line. Throws as
/// write_through and read_zip.
void write_word(const std::filesystem::path& file, const TextTable& table, std::string_view title);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/structure.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace paraspinal {

/// The structure that a name means by the rules of docs/outlines.md: one word for the structure
/// and, for muscles, one for the side, in any order and case, joined or apart, as in "MF R",
/// "multifidus right", "ES_L", "VB", "psoas l". nullopt for any other name: a word too many or too
/// few is not guessed.
std::optional<Structure> structure_from_name(std::string_view name);

/// Whether a name is that of the fat in our own DICOM segmentations ("intramuscular_fat"), which is
/// no structure: viewers give it back with the rest, some without its codes.
bool names_fat(std::string_view name);

/// One line of those rules for error messages.
std::string roi_name_rules();

/// What the operator says that names mean; key: name in lower case without blanks around it; value
/// nullopt: such ROIs are left out.
using RoiNames = std::map<std::string, std::optional<Structure>>;

/// Reads a CSV with the columns `name` and `structure`; the latter by the rules above, or `ignore`.
/// Throws Error as CsvReader, and malformed_file for a name given twice or an unknown structure,
/// with its line.
RoiNames read_roi_names(const std::filesystem::path& file);

}  // namespace paraspinal

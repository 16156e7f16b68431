// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/structure.h"

#include <filesystem>
#include <map>
#include <vector>

namespace paraspinal {

/// Which structure a value of a label map stands for. Values it does not name are background.
using LabelTable = std::map<int, Structure>;

/// That of `labels.nii.gz`: 1 to 7.
LabelTable default_label_table();

/// Reads a CSV file with the columns `value` (0 to 65535) and `structure` ("multifidus_right" ...,
/// or "background" for a value that means nothing to us). Several values may stand for one
/// structure. Throws Error malformed_file naming the line, and as CsvReader.
LabelTable read_label_table(const std::filesystem::path& file);

/// The structures of the table in label order, without the background.
std::vector<Structure> structures_of(const LabelTable& table);

}  // namespace paraspinal

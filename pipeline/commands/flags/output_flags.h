// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/commands/flags/flag_table.h"
#include "pipeline/report/write_outputs.h"

#include <filesystem>
#include <string>
#include <vector>

namespace paraspinal {

/// The options that say which files a study gets, as typed.
struct OutputFlags {
    std::string list = "csv,json,png,nifti";
    std::filesystem::path deidentify_key;  ///< Empty: DICOM objects say who it is.
};

std::vector<CommandFlag> output_flags(OutputFlags& flags);

/// What they mean together. Throws Error usage, and as read_pseudonyms.
OutputOptions output_options(const OutputFlags& flags);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/commands/flags/flag_table.h"
#include "pipeline/study/level/choose_slice.h"
#include "pipeline/study/series/classify_study.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// The options that say which slice is meant, as typed.
struct SliceFlags {
    std::optional<std::string> slice_uid;
    std::optional<std::string> series_uid;
    std::string level = "L3";
    std::filesystem::path series_table_file;  ///< Empty: one that lies beside the images, if any.
    std::optional<std::string> axial_t2_uid;
    std::optional<std::string> sagittal_t2_uid;
};

std::vector<CommandFlag> slice_flags(SliceFlags& flags);

/// What they mean together.
SliceRequest slice_request(const SliceFlags& flags);

/// Those that have the slice and the series named in `request`; all where it names none. Throws
/// Error slice_not_found or series_not_found where none has.
std::vector<Study> meant_studies(std::vector<Study> studies, const SliceRequest& request);

/// The same, of what the series are. Throws Error as read_series_table.
ClassifyOptions classify_options(const SliceFlags& flags);

/// The same flags with the table that lies in one of the folders `roots`, unless one is named.
SliceFlags with_series_table(SliceFlags flags, const std::vector<std::filesystem::path>& roots);

}  // namespace paraspinal

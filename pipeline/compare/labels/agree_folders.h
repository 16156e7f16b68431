// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/compare/labels/agree_labels.h"
#include "pipeline/compare/readers/rated_columns.h"

#include <filesystem>
#include <string>
#include <vector>

namespace paraspinal {

/// What two folders of outlines have of each other.
struct FolderAgreement {
    std::vector<LabelAgreement> rows;    ///< Sorted by case.
    TableAgreement areas;                ///< Of each region, mm2, over the slices of all cases;
                                         ///< missing where a rater left it out.
    std::vector<std::string> unmatched;  ///< Names that only one folder has.
    std::vector<std::string> failed;     ///< "NAME: why it could not be compared".
};

/// Compares files of outlines (is_outline_name) that are called the same below both folders, but
/// for their extensions; where a folder holds labels.nii.gz of a run, these alone. Throws Error
/// input_not_found when no name is in both, usage when a folder has two files of one name, and
/// invalid_value when none of the pairs can be compared.
FolderAgreement agree_folders(const std::filesystem::path& first,
                              const std::filesystem::path& second,
                              const AgreeLabelsOptions& options);

}  // namespace paraspinal

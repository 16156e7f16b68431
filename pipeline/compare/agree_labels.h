// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/compare/label_table.h"
#include "segmentation/overlap.h"

#include <filesystem>
#include <string>
#include <vector>

namespace paraspinal {

/// How one region of one slice agrees in two label maps.
struct LabelAgreement {
    int slice = 0;  ///< In the first file, from 1.
    std::string region;
    Overlap overlap;
};

/// Compares two NIfTI label maps slice by slice on the grid of the first, a region absent in both
/// left out; in the order of slices, then regions. Volumes are matched in patient coordinates.
/// Throws Error outline_mismatch when no slice of the second lies in the plane of one of the first,
/// or neither has a structure of `table`, and as read_label_slices.
std::vector<LabelAgreement> agree_labels(const std::filesystem::path& first,
                                         const std::filesystem::path& second,
                                         const LabelTable& table);

/// Means over the slices, one line a region, at most 80 columns wide.
std::string label_agreement_text(const std::vector<LabelAgreement>& rows);
/// One row a slice and region.
std::string label_agreement_csv(const std::vector<LabelAgreement>& rows);
std::string label_agreement_json(const std::vector<LabelAgreement>& rows);

}  // namespace paraspinal

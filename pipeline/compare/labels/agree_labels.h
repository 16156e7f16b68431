// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/compare/labels/label_table.h"
#include "pipeline/tables/text_table.h"
#include "segmentation/overlap.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// How one region of one slice agrees in two label maps.
struct LabelAgreement {
    int slice = 0;  ///< In the first file, from 1.
    std::string region;
    Overlap overlap;
    /// Whether one file outlines a structure of the region nowhere that the other does outline: it
    /// was left out there, and its area is unknown, not 0.
    bool is_left_out_of_first = false;
    bool is_left_out_of_second = false;
    std::string case_name{};  ///< Of two folders: what both files are called; else empty.

    /// Areas and their difference, first - second; nothing where the region was left out.
    [[nodiscard]] std::optional<double> first_area_mm2() const;
    [[nodiscard]] std::optional<double> second_area_mm2() const;
};

/// How outlines are read.
struct AgreeLabelsOptions {
    LabelTable table = default_label_table();  ///< Of NIfTI and PNG label maps.
    std::optional<double> pixel_mm{};  ///< Side of the square pixels of files that state none.
};

/// Compares two files of outlines (read_outline_pair) slice by slice on the grid of the first, a
/// region absent in both left out; in the order of slices, then regions. Volumes are matched in
/// patient coordinates. Throws Error outline_mismatch when no slice of the second lies in the plane
/// of one of the first, or neither has a structure of the table; usage for files without a place
/// and no pixel_mm; and as read_outline_pair.
std::vector<LabelAgreement> agree_labels(const std::filesystem::path& first,
                                         const std::filesystem::path& second,
                                         const AgreeLabelsOptions& options = {});

/// The means over the slices as a table for people: Dice of all slices with the region, distances
/// of those that both outlined, the difference of the areas of all, and in percent of the second's.
/// A region that was left out of a file counts in none of them and is named below.
TextTable label_agreement_table(const std::vector<LabelAgreement>& rows);

/// Means over the slices, one line a region, at most 80 columns wide.
std::string label_agreement_text(const std::vector<LabelAgreement>& rows);
/// One row a slice and region; the name of the case at its end.
std::string label_agreement_csv(const std::vector<LabelAgreement>& rows);
std::string label_agreement_json(const std::vector<LabelAgreement>& rows);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"
#include "segmentation/fat/threshold_fat.h"
#include "tests/tools/fat/agreement.h"
#include "tests/tools/fat/dixon.h"

#include <filesystem>
#include <map>
#include <ostream>
#include <string>
#include <vector>

namespace paraspinal::evaluation {

/// What share of the way from lean muscle to fat serves best for `reference`, by three truths:
/// pixels of Dixon images with a fat fraction above one half, for each subject; pixels of the same
/// images of which fat takes more than half; and the drawn fat of the synthetic sample slices.
class ShareTable {
  public:
    /// One composite of `truth`, its bias corrected, of `subject`.
    void add(const ImageSlice& image, const DixonSlice& truth, const std::string& subject);

    /// The T2 slices of sample_dicom with their true outlines.
    void add_samples(const std::filesystem::path& folder);

    /// Markdown.
    void print(std::ostream& out) const;

  private:
    using Column = std::map<double, std::vector<Pair>>;  // By share.
    std::map<std::string, Column> columns_;
    std::vector<double> fat_over_lean_;
};

}  // namespace paraspinal::evaluation

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

/// What share of the way from lean muscle to subcutaneous fat serves best for `reference`, by three
/// truths: pixels of Dixon images with a raw fat fraction above one half, pixels of the same images
/// of which fat takes more than half, and the drawn fat of the synthetic sample slices.
class ShareTable {
  public:
    /// One composite of `truth`, its bias corrected.
    void add(const ImageSlice& image, const DixonSlice& truth);

    /// The T2 slices of sample_dicom with their true outlines.
    void add_samples(const std::filesystem::path& folder);

    /// Markdown.
    void print(std::ostream& out) const;

  private:
    // How far the methods differ on a composite, and the error of the default by the part that fat
    // takes of a pixel; percentage points.
    struct Disagreement {
        double disagreement = 0;
        double error = 0;
    };
    void print_disagreement(std::ostream& out) const;

    std::map<std::string, std::vector<Pair>> fraction_;  // By name of the row.
    std::map<std::string, std::vector<Pair>> volume_;
    std::map<std::string, std::vector<Pair>> samples_;
    std::vector<double> fat_over_lean_;
    std::vector<Disagreement> disagreement_;
};

}  // namespace paraspinal::evaluation

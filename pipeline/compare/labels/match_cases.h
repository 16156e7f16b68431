// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace paraspinal {

/// A mask and the images that it belongs to.
struct CaseFiles {
    std::string name;              ///< Path of the mask below its folder, without extension.
    std::filesystem::path images;  ///< A file, or a folder of DICOM files.
    std::filesystem::path mask;
};

struct MatchedCases {
    std::vector<CaseFiles> cases;              ///< Sorted by name.
    std::vector<std::string> unmatched_masks;  ///< Names of masks without images.
};

/// Finds the images of each mask: NAME.png, NAME.nii or NAME.nii.gz below `masks` belongs to the
/// file NAME (with any of the extensions of images, or none) or the folder NAME below `images`.
/// When `masks` is a file, it belongs to all of `images`. Throws Error input_not_found when there
/// is no mask or none has images, and usage when two images have the name of one mask.
MatchedCases match_cases(const std::filesystem::path& images, const std::filesystem::path& masks);

}  // namespace paraspinal

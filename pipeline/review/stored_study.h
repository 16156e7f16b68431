// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"
#include "pipeline/study/measure_fat.h"
#include "pipeline/study/study_report.h"
#include "segmentation/outline/outline.h"

#include <filesystem>
#include <string>
#include <vector>

namespace paraspinal {

/// A measured study as its folder keeps it: all that its numbers can be measured from again.
struct StoredStudy {
    StudyIdentity study;  ///< UID, group, and the patient's ID, sex and age.
    LevelEvidence level;  ///< What its columns say, without endplate and alternatives.
    std::string series_uid;
    std::string slice_uid;
    ImageSlice slice;
    double slice_thickness_mm = 1;
    Outlines outlines;  ///< Those that were measured.
    std::string outline_source;
    std::string outline_model;
    MeasureFatOptions options;  ///< As far as the result says how it was made.
    std::vector<QcFlag> flags;
};

/// Reads `measurement.json`, `image.nii.gz` and `labels.nii.gz` of `study_folder`; `study_uid` is
/// its study_key. Throws Error input_not_found when one of them is not there, saying how to get it,
/// malformed_file when they do not fit each other, and as read_nifti_plane.
StoredStudy read_stored_study(const std::filesystem::path& study_folder,
                              const std::string& study_uid);

/// The labels of such a file, whose grid is that of the image of `size`.
/// Throws Error malformed_file, and as read_nifti_plane.
LabelMap read_stored_labels(const std::filesystem::path& file, ImageSize size);

/// The same of what was measured just now with `options`.
StoredStudy stored_study(const StudyReport& report, const MeasureFatOptions& options);

/// The study as somebody sees it who shall not know what the run found: nothing is outlined.
StoredStudy without_outlines(StoredStudy study);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/batch/export/exported_studies.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace paraspinal {

/// What became of studies on their way into a BIDS dataset.
struct BidsDataset {
    std::int64_t participants = 0;
    std::int64_t segmentations = 0;
    std::vector<std::string> notes;  ///< Measured studies without a label map, and why.
};

/// Writes `studies` as a BIDS derivative dataset into `folder`:
///
/// - `dataset_description.json`, `README.md`, `participants.tsv` and `.json`;
/// - `phenotype/paraspinal_mri.tsv` and `.json`: one row an examination, failures included;
/// - `sub-X/sub-X_sessions.tsv`: the examinations of a patient;
/// - `sub-X/ses-Y/anat/sub-X_ses-Y_seg-paraspinal_dseg.nii.gz` with `.tsv` and `.json`: the label
///   map that the numbers rest on, a reader's where she corrected it.
///
/// X is the pseudonym of the patient (of the study where its patient is unknown), Y that of the
/// study, as `patient_id` and `study_uid` of the exported tables. A label map whose pixels are not
/// those that the row counts is left out and noted.
///
/// Throws Error usage when there are no pseudonyms or `folder` is not empty, duplicate_study when
/// two studies would have one name, and as write_file.
/// Source: BIDS 1.10.0, Derivatives, Imaging data types, Segmentations.
BidsDataset write_bids(const ExportedStudies& studies, const std::filesystem::path& folder);

}  // namespace paraspinal

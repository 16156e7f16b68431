// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/batch/study_record.h"

#include <set>
#include <string>
#include <string_view>

namespace paraspinal {

// The JSON files of a BIDS dataset (bids_dataset.h), as text.

/// The version of BIDS that the dataset follows.
inline constexpr const char* kBidsVersion = "1.10.0";

/// Whether a column of measurements.csv is in the table of measurements: UIDs, and what pseudonyms
/// leave empty, are not; the patient and the examination are its first two columns.
bool is_bids_column(std::string_view column);

/// dataset_description.json; `versions` are those of the program that measured.
std::string bids_description_json(const std::set<std::string>& versions);

/// What the columns of participants.tsv and of the sessions' tables mean.
std::string bids_participants_json();
std::string bids_sessions_json();

/// The same of the table of measurements, in the words of docs/columns.md.
std::string bids_measurements_json();

/// Sidecar of the label map of a study with this line of measurements.csv.
std::string bids_segmentation_json(const NamedCells& measurement);

}  // namespace paraspinal

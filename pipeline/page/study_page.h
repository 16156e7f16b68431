// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/run_table.h"

#include <filesystem>
#include <string>

namespace paraspinal {

/// The page of a run: one HTML file that works from a file URL without a network. Summary, failures
/// by reason, distributions beside the groups of Yang et al. 2025 (doi:10.3389/fmed.2025.1514894,
/// Table 1), outliers, and a table to sort and filter, with what changed since a patient's earlier
/// examination. It shows the patient IDs of
/// measurements.csv; whoever passes it on passes them on.
///
/// Script and style are inside; the pictures are links to the study folders, so the file belongs
/// into the run's folder.
std::string study_page(const RunTable& run, const std::string& software_version);

/// Writes `folder`/report.html from the tables in `folder`; returns its path.
/// Throws Error output_not_writable, or as read_run_table.
std::filesystem::path write_study_page(const std::filesystem::path& folder,
                                       const std::string& software_version);

}  // namespace paraspinal

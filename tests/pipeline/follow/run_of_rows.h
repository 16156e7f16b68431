// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/follow/examination.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace paraspinal::testing {

using Cells = std::map<std::string, std::string>;

/// A measured row, with what `changes` says differently: patient P1, 31 cm2, FDR 20 %, at L3.
Cells measured_row(const Cells& changes);

/// Writes them as measurements.csv of `run`, and a measurement.json of one scanner for each.
void write_run(const std::filesystem::path& run, const std::vector<Cells>& rows);

/// `rows` as levels.csv, and the measurement.json of each.
void write_levels(const std::filesystem::path& run, const std::vector<Cells>& rows);

/// `rows` as slices.csv.
void write_slices(const std::filesystem::path& run, const std::vector<Cells>& rows);

/// `rows` as vertebrae.csv.
void write_vertebrae(const std::filesystem::path& run, const std::vector<Cells>& rows);

/// Written to a folder and read again.
std::vector<Examination> examinations_of(const std::vector<Cells>& rows);

}  // namespace paraspinal::testing

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/batch/export/exported_studies.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// What can be said of the studies of an export without looking at a single one: how many had which
/// value of a column, and which numbers.
struct RunFacts {
    std::int64_t studies = 0;
    std::int64_t patients = 0;         ///< Different patient IDs.
    std::int64_t without_patient = 0;  ///< Studies whose header names none.
    std::int64_t measured = 0;
    std::int64_t without_acquisition = 0;  ///< Measured, but no measurement.json is there.
    bool are_pseudonymized = false;
    std::map<std::string, std::int64_t> failures;  ///< By reason.
    std::map<std::string, std::int64_t> levels;    ///< Measured rows of levels.csv, by level.
    std::int64_t slices = 0;                       ///< Measured rows of slices.csv.
    std::int64_t volumes = 0;                      ///< Rows of volumes.csv with a volume.
    /// Measured studies by value, by column of measurements.csv or kAcquisition key.
    std::map<std::string, std::map<std::string, std::int64_t>, std::less<>> counts;
    /// Numbers of measured studies by column of measurements.csv or kAcquisition key; sorted.
    std::map<std::string, std::vector<double>, std::less<>> numbers;
};

/// Throws as ExportedStudies::for_each. A measurement.json that cannot be read counts as absent.
RunFacts run_facts(const ExportedStudies& studies);

}  // namespace paraspinal

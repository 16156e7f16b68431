// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/batch/reading.h"
#include "pipeline/review/measure_again.h"
#include "pipeline/study/add_risk.h"

#include <cstddef>
#include <filesystem>

namespace paraspinal {

/// A study whose outlines were found to give its numbers, and its even slice.
struct StudyToCorrect {
    StoredStudy stored;
    ImageSlice even;
};

/// Reads the study in `study_folder`, of which `measured` is the line of measurements.csv.
/// Throws Error as read_stored_study, correct_bias and require_same_numbers.
StudyToCorrect study_to_correct(const std::filesystem::path& study_folder,
                                const std::string& study_uid,
                                const NamedCells& measured);

/// Writes the files of a correction into a new folder of its reader in `run`, and into `reading`
/// what was drawn, where it lies and the lines that it makes. Throws Error as write_study_outputs.
void write_correction(const std::filesystem::path& run,
                      MeasuredAgain& again,
                      const NamedCells& measured,
                      Reading& reading);

/// What became of corrections whose study was measured again since.
struct RenewedCorrections {
    std::size_t renewed = 0;
    std::size_t outdated = 0;  ///< They could not be measured as the run is now.
};

/// Measures the outlines of corrections that are outdated with the settings that the run has now,
/// so that the numbers of readers and of the run stay comparable. Each becomes one more line of
/// the readings, of the same reader and time. Not possible where the study was not measured, or on
/// another slice, or by what its results do not state (require_same_numbers).
/// `estimator` and `clinical` as in ReviewOptions. Throws Error as standing_readings and
/// append_reading.
RenewedCorrections renew_corrections(const std::filesystem::path& run,
                                     RiskEstimator* estimator,
                                     const ClinicalTable* clinical);

}  // namespace paraspinal

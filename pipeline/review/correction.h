// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/pseudonyms.h"
#include "pipeline/batch/readings/reading.h"
#include "pipeline/batch/renew_risks.h"
#include "pipeline/report/write_outputs.h"
#include "pipeline/review/measure_again.h"
#include "pipeline/review/study_images.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// A slice whose outlines were found to give its numbers.
struct StudyToCorrect {
    StoredStudy stored;
    ImageSlice even;      ///< As correct_bias makes it.
    NamedCells measured;  ///< Its line of measurements.csv.
};

/// Reads the study in `study_folder`, of which `measured` is the line of measurements.csv.
/// Throws Error as read_stored_study, correct_bias and require_same_numbers.
StudyToCorrect study_to_correct(const std::filesystem::path& study_folder,
                                const std::string& study_uid,
                                const NamedCells& measured);

/// The options that measured `like`, for the slice that `choice` asks for.
AnalyzeOptions options_like(const StoredStudy& like, const SliceChoice& choice);

/// Another slice than that of the run, measured as `like` was. Throws Error as
/// StudyImages::measure, correct_bias and require_same_numbers.
StudyToCorrect other_slice(StudyImages& images,
                           const std::string& study_uid,
                           const StoredStudy& like,
                           const SliceChoice& choice);

/// Writes the files of a correction, and into `reading` what was drawn, where it lies and the lines
/// that it makes. Throws Error as keep_correction and, where DICOM objects are asked for,
/// header_of.
void write_correction(const std::filesystem::path& run,
                      const OutputOptions& outputs,
                      MeasuredAgain& again,
                      const NamedCells& measured,
                      Reading& reading);

struct RenewalOptions {
    RiskSource risk;
    std::optional<Pseudonyms> pseudonyms;  ///< As those of the run.
};

/// A decision about a result that the run no longer had.
struct OvertakenReading {
    std::string study_folder;
    std::string reader;
    Decision decision = Decision::accepted;  ///< Accepted or corrected.
    NamedCells hers;          ///< Her numbers, as the run is now where that is possible.
    NamedCells now;           ///< What the run itself has now.
    bool is_renewed = false;  ///< Her outlines were measured again.
};

/// What became of corrections whose study was measured again since.
struct RenewedCorrections {
    std::size_t renewed = 0;
    std::size_t outdated = 0;                 ///< They could not be measured as the run is now.
    std::size_t risks = 0;                    ///< Only their risk is another one now.
    std::vector<OvertakenReading> overtaken;  ///< Of results that were accepted, too.
};

/// Measures the outlines of corrections that are outdated with the settings that the run has now,
/// so that the numbers of readers and of the run stay comparable. Each becomes one more line of
/// the readings, of the same reader and time. On a slice that she chose herself that takes the
/// images of the study. Not possible where the study was not measured, where it was measured on
/// another slice than when she accepted its own, or by what its results do not state
/// (require_same_numbers).
/// SEG and SR are written again where the correction has them, for which the image that was
/// measured must be there; not where they hide names and `options` has no pseudonyms.
/// The risk of those that are not outdated is estimated from `options.risk`, which takes no image
/// and, where it changes, one more line of the readings; one with an SR is measured again as
/// above, where that is possible. `ledger` is that of `run`. Throws Error as standing_readings and
/// append_reading.
RenewedCorrections renew_corrections(const std::filesystem::path& run,
                                     const Ledger& ledger,
                                     const RenewalOptions& options);

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/batch/readings/reading.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// A study as one reader leaves it; "model" is who agrees with the run.
struct ReaderView {
    std::optional<Decision> decision;  ///< Absent: she did not decide, or took it back; the model.
    bool is_outdated = false;          ///< She decided about another result than the run has now.
    bool is_blind = false;             ///< The result of the run was hidden from her.
    /// Whether there are numbers: accepted or corrected and not outdated, or measured by the model.
    bool has_numbers = false;
    NamedCells measurement;              ///< Line of measurements.csv, where there are numbers.
    std::vector<NamedCells> muscles;     ///< Lines of muscles.csv, likewise.
    std::filesystem::path labels;        ///< labels.nii.gz of these numbers.
    std::vector<std::string> touched{};  ///< label_name of the structures that are not the run's.
};

/// A study of a run as each reader leaves it.
struct ReadStudy {
    std::string study_uid;
    std::vector<ReaderView> views;  ///< In the order of the readers.
};

/// The readers of the run in `folder`, each a name or kNoReading for the run itself; studies sorted
/// as list_studies has them. Throws Error usage for fewer than two readers, one named twice,
/// kLatestReading, and one without any reading; and as list_studies.
std::vector<ReadStudy> read_views(const std::filesystem::path& folder,
                                  const std::vector<std::string>& readers);

}  // namespace paraspinal

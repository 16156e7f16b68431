// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/pseudonyms.h"
#include "pipeline/batch/readings/apply_readings.h"
#include "pipeline/batch/study_record.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// A study on its way out.
struct ExportedStudy {
    StudyRecord record;            ///< As read, and under pseudonyms where there are any.
    std::filesystem::path folder;  ///< Where the run has its files; may not be there.
    std::filesystem::path labels;  ///< Label map of its numbers; may not be there.
};

/// The studies of several runs at once, in the order of patient ID and study UID as they are
/// written, and which of the runs speaks for each.
///
/// A study in several ledgers counts once: if they agree, that one; if only one of them measured
/// it, the measured one; if all failed, that of the first ledger named. Two different measurements
/// are refused. People who share a study instance UID (group_persons, of what the headers say) have
/// a row each, flagged `patient_contradiction`; a reading of such a study is refused. So are, with
/// `patient_id_contradiction` and without a risk, the rows of an ID that stands for several people,
/// and flagged those of such an accession number (contradictions_by_study, of all ledgers
/// together). Rows are as the readings beside the ledgers have them.
class ExportedStudies {
  public:
    /// `ledgers` are files, or folders of a batch; `reading` is the choice of ChosenReadings.
    /// Throws Error duplicate_study, and as Ledger and ChosenReadings.
    ExportedStudies(const std::vector<std::filesystem::path>& ledgers,
                    const std::optional<Pseudonyms>& pseudonyms,
                    const std::string& reading = kLatestReading);
    ~ExportedStudies();
    ExportedStudies(const ExportedStudies&) = delete;
    ExportedStudies& operator=(const ExportedStudies&) = delete;
    ExportedStudies(ExportedStudies&&) = delete;
    ExportedStudies& operator=(ExportedStudies&&) = delete;

    [[nodiscard]] std::int64_t count() const;
    /// How often a study was found in one more ledger.
    [[nodiscard]] std::int64_t duplicates() const;
    [[nodiscard]] bool are_pseudonymized() const;
    /// Reads one study at a time: memory does not grow with what they hold.
    void for_each(const std::function<void(const ExportedStudy&)>& visit) const;

  private:
    struct Store;
    std::unique_ptr<Store> store_;
};

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/batch/reading.h"
#include "pipeline/review/correction.h"
#include "pipeline/review/run_folder.h"

#include <cstddef>
#include <filesystem>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace paraspinal {

struct ReviewOptions {
    std::filesystem::path folder;  ///< Of the run.
    std::string reader;            ///< As is_reader_name.
    bool is_blind = false;         ///< Nothing that the run or another reader found is told.
    bool is_read_only = false;     ///< No reading is taken.
    /// Both or none: what the risk of a correction is estimated from. Must outlive the session.
    RiskEstimator* estimator = nullptr;
    const ClinicalTable* clinical = nullptr;
};

/// What a reader decides, as the page sends it.
struct DecisionRequest {
    Decision decision = Decision::accepted;
    std::string reason;
    std::string note;
    NamedCells seen;  ///< seen_cells of what she looked at.
    LabelMap labels;  ///< Of a correction.
};

/// One reader's way through the studies of a run. Safe for several threads.
class ReviewSession {
  public:
    /// Throws Error as list_studies, usage for a name that is none, and as for_each_reading.
    explicit ReviewSession(ReviewOptions options);

    [[nodiscard]] const ReviewOptions& options() const { return options_; }
    [[nodiscard]] std::size_t count() const { return studies_.size(); }
    /// A copy, as results may come while somebody looks. Throws Error slice_not_found beyond the
    /// end.
    [[nodiscard]] ListedStudy study(std::size_t place) const;
    /// Its decisions, oldest first, as far as the reader may see them; without their numbers.
    [[nodiscard]] std::vector<Reading> readings(std::size_t place) const;
    /// Takes over what other sessions and runs wrote since; lists are as new as the last call.
    void look_again();
    /// The lines that list_studies found unreadable among the readings.
    [[nodiscard]] std::size_t damaged_readings() const { return damaged_readings_; }

    [[nodiscard]] StudyRecord record(std::size_t place) const;
    /// A folder that exists: where the pictures of a study lie.
    [[nodiscard]] std::filesystem::path folder_of(std::size_t place) const;
    /// The image and the outlines that the reader may see. Throws Error as read_stored_study.
    [[nodiscard]] StoredStudy stored(std::size_t place) const;
    /// Outlines of a correction that she may see. Throws Error slice_not_found.
    [[nodiscard]] LabelMap corrected_labels(std::size_t place, std::size_t reading) const;

    /// Throws Error as measure_again and require_same_numbers.
    MeasuredAgain measure(std::size_t place, LabelMap labels);
    /// Keeps a decision; a correction with its files and numbers. Throws Error usage when it makes
    /// no sense or nothing is to be written, outline_mismatch when the study was measured again
    /// since she looked at it, and as measure and append_reading.
    void decide(std::size_t place, const DecisionRequest& request);

  private:
    struct Prepared {
        std::size_t place = 0;
        std::filesystem::file_time_type written;
        StudyToCorrect study;
    };
    std::shared_ptr<const Prepared> prepared(std::size_t place);
    void correct(std::size_t place, LabelMap labels, Reading& reading);
    void read_all_readings();

    ReviewOptions options_;
    mutable std::mutex mutex_;  // Of all that follows.
    std::vector<ListedStudy> studies_;
    std::vector<std::vector<Reading>> readings_;  // Of each study.
    std::size_t damaged_readings_ = 0;
    std::list<std::shared_ptr<const Prepared>> prepared_;  // The last ones, newest first.
    std::mutex risk_mutex_;  // Of the estimator, which keeps what it worked out.
};

}  // namespace paraspinal

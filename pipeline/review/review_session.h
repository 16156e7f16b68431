// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/batch/readings/reading.h"
#include "pipeline/review/correction.h"
#include "pipeline/review/run_folder.h"
#include "pipeline/review/study_images.h"

#include <cstddef>
#include <filesystem>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
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
    bool writes_dicom = false;  ///< Corrections get seg.dcm and sr.dcm too, with her name.
};

/// What a reader decides, as the page sends it.
struct DecisionRequest {
    Decision decision = Decision::accepted;
    std::string reason;
    std::string note;
    NamedCells seen;     ///< seen_cells of what she looked at.
    SliceChoice choice;  ///< Of a correction: the slice that she wants measured,
    LabelMap labels;     ///< and its outlines.
};

/// One reader's way through the studies of a run. Safe for several threads.
class ReviewSession {
  public:
    /// Throws Error as list_studies, usage for a name that is none and for DICOM objects of a run
    /// that hides who it is, and as for_each_reading.
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
    /// The image of the run and the outlines that the reader may see. Throws Error as
    /// read_stored_study.
    [[nodiscard]] StoredStudy stored(std::size_t place) const;
    /// A slice, with the outlines that the reader may see.
    struct Prepared {
        std::size_t place = 0;
        SliceChoice choice;
        std::filesystem::file_time_type written;
        StudyToCorrect study;
    };
    /// The slice of `choice`, measured with the options of the run where it is another than that of
    /// the run. Throws Error as study_to_correct and other_slice;
    /// input_not_found when no study that was measured like this one says how.
    std::shared_ptr<const Prepared> prepared(std::size_t place, const SliceChoice& choice);
    /// All slices that can be chosen; a blind reader is not told what the run found on them. Throws
    /// Error as StudyImages::choices and prepared.
    SliceChoices slice_choices(std::size_t place, int level_offset);
    /// Outlines of a correction that she may see. Throws Error slice_not_found.
    [[nodiscard]] LabelMap corrected_labels(std::size_t place, std::size_t reading) const;

    /// Throws Error as measure_again and prepared.
    MeasuredAgain measure(std::size_t place, const SliceChoice& choice, LabelMap labels);
    /// Keeps a decision; a correction with its files and numbers. Throws Error usage when it makes
    /// no sense or nothing is to be written, outline_mismatch when the study was measured again
    /// since she looked at it, and as measure and append_reading.
    void decide(std::size_t place, const DecisionRequest& request);
    /// How often she has decided about a study. A correction that was measured anew by another
    /// program keeps its time, and is the same decision.
    [[nodiscard]] std::size_t decisions(std::size_t place) const;
    /// What she has drawn since the last of them, as the page told it; nullopt: nothing. No table
    /// knows of it, and the next decision ends it.
    [[nodiscard]] std::optional<std::string> draft(std::size_t place) const;
    /// Keeps it; empty: nothing any more. It is on disk when this returns. Throws Error usage when
    /// nothing is to be written, outline_mismatch when `decisions_then` is not the number of them
    /// any more, and output_not_writable.
    void keep_draft(std::size_t place, std::size_t decisions_then, std::string_view text);

  private:
    StoredStudy measured_alike(std::size_t place);
    void correct(std::size_t place, const DecisionRequest& request, Reading& reading);
    [[nodiscard]] std::filesystem::path draft_file(std::size_t place) const;
    void read_all_readings();
    [[nodiscard]] bool has_run_pseudonyms() const;

    ReviewOptions options_;
    std::mutex drafts_mutex_;   // Taken first: no draft is written while a decision ends it.
    mutable std::mutex mutex_;  // Of all that follows.
    std::vector<ListedStudy> studies_;
    std::vector<std::vector<Reading>> readings_;  // Of each study.
    std::size_t damaged_readings_ = 0;
    std::list<std::shared_ptr<const Prepared>> prepared_;  // The last ones, newest first.
    StudyImages images_;
    std::mutex risk_mutex_;  // Of the estimator, which keeps what it worked out.
};

}  // namespace paraspinal

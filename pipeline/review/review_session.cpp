// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/review/review_session.h"

#include "core/error.h"
#include "io/nifti/volume.h"
#include "io/output_file.h"
#include "io/read_file.h"
#include "pipeline/batch/readings/readings_file.h"
#include "pipeline/batch/sent_objects.h"
#include "pipeline/batch/utc_now.h"
#include "pipeline/study/version.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

// The newest of them are those that a reader goes back to.
constexpr std::size_t kPreparedStudies = 4;

constexpr const char* kNoNames =
    "the DICOM objects of this run hide who it is (--deidentify), and those of a correction would "
    "say it; start 'review' without --dicom";

void require(bool is_good, const std::string& why) {
    if (!is_good) {
        throw Error(ErrorCode::usage, why);
    }
}

void check(const DecisionRequest& request, const ReviewOptions& options) {
    constexpr std::size_t kLongestNote = 4000;
    require(!options.is_read_only, "this review is read-only; start it without --read-only");
    require(request.note.size() <= kLongestNote, "a note has at most 4000 characters");
    const bool is_known =
        std::ranges::find(kRejectionReasons, request.reason) != kRejectionReasons.end();
    const bool is_rejected = request.decision == Decision::rejected;
    require(is_rejected ? is_known : request.reason.empty(),
            "a rejection needs a reason: level, outline, image_quality or other");
    require(!options.is_blind || request.decision != Decision::accepted,
            "who does not see the result cannot accept it; draw the outlines, or reject the study");
}

// What the list needs; a thousand corrections would fill the memory with numbers.
Reading slim(Reading reading) {
    NamedCells slice;
    slice.set("sop_instance_uid", reading.measurement.get("sop_instance_uid"));
    reading.measurement = std::move(slice);
    reading.muscles.clear();
    return reading;
}

}  // namespace

ReviewSession::ReviewSession(ReviewOptions options)
    : options_(std::move(options)),
      studies_(list_studies(options_.folder)),
      images_([this](const std::string& uid) { return files_of_study(options_.folder, uid); }) {
    require(is_reader_name(options_.reader), std::string("--reader takes ") + kReaderNameRules);
    require(!options_.writes_dicom || !has_run_pseudonyms(), kNoNames);
    read_all_readings();
}

// As the first study says that has DICOM objects.
bool ReviewSession::has_run_pseudonyms() const {
    for (std::size_t place = 0; place < count(); ++place) {
        if (!objects_in(folder_of(place)).empty()) {
            return has_pseudonyms(folder_of(place));
        }
    }
    return false;
}

void ReviewSession::read_all_readings() {
    std::map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < studies_.size(); ++i) {
        places[studies_[i].study_uid] = i;
    }
    readings_.assign(studies_.size(), {});
    damaged_readings_ = for_each_reading(options_.folder, [&](Reading reading) {
        const auto place = places.find(reading.study_uid);
        const bool is_hidden = options_.is_blind && reading.reader != options_.reader;
        if (place != places.end() && !is_hidden) {
            readings_[place->second].push_back(slim(std::move(reading)));
        }
    });
}

void ReviewSession::look_again() {
    const std::scoped_lock guard(mutex_);
    paraspinal::look_again(options_.folder, studies_);
    read_all_readings();
}

ListedStudy ReviewSession::study(std::size_t place) const {
    const std::scoped_lock guard(mutex_);
    if (place >= studies_.size()) {
        throw Error(ErrorCode::slice_not_found, "there is no such study");
    }
    return studies_[place];
}

std::vector<Reading> ReviewSession::readings(std::size_t place) const {
    const std::scoped_lock guard(mutex_);
    return readings_.at(place);
}

StudyRecord ReviewSession::record(std::size_t place) const {
    return current_record(options_.folder, study(place));
}

fs::path ReviewSession::folder_of(std::size_t place) const {
    return options_.folder / study(place).folder;
}

StoredStudy ReviewSession::stored(std::size_t place) const {
    StoredStudy stored = read_stored_study(folder_of(place), study(place).study_uid);
    return options_.is_blind ? without_outlines(std::move(stored)) : stored;
}

LabelMap ReviewSession::corrected_labels(std::size_t place, std::size_t reading) const {
    const std::vector<Reading> all = readings(place);
    if (reading >= all.size() || all[reading].outlines.empty()) {
        throw Error(ErrorCode::slice_not_found, "there is no such correction");
    }
    const fs::path drawn = options_.folder / all[reading].outlines;
    return read_stored_labels(drawn / "labels.nii.gz",
                              read_nifti_plane(drawn / "image.nii.gz", 0).size());
}

// How its run measured a study: as its result says, or, where it has none, as another study says
// that was measured under the same options.
StoredStudy ReviewSession::measured_alike(std::size_t place) {
    const std::string options = record(place).fingerprints.options;
    const auto is_alike = [&](std::size_t other) {
        const StudyRecord known = record(other);
        return known.status != "failed" && known.fingerprints.options == options;
    };
    std::size_t alike = place;
    for (std::size_t next = 0; !is_alike(alike); ++next) {
        if (next == count()) {
            throw Error(
                ErrorCode::input_not_found,
                "no study of this run was measured with the options of this one, so nothing "
                "says how to measure another slice; 'measure --slice' does it");
        }
        alike = next;
    }
    return prepared(alike, {})->study.stored;
}

std::shared_ptr<const ReviewSession::Prepared> ReviewSession::prepared(std::size_t place,
                                                                       const SliceChoice& choice) {
    std::error_code error;
    const auto written = fs::last_write_time(folder_of(place) / "measurement.json", error);
    {
        const std::scoped_lock guard(mutex_);
        for (const auto& known : prepared_) {
            if (known->place == place && known->choice == choice && known->written == written) {
                return known;
            }
        }
    }
    const std::string study_uid = study(place).study_uid;
    StudyToCorrect whole =
        choice.is_of_run()
            ? study_to_correct(folder_of(place), study_uid, record(place).measurement)
            : other_slice(images_, study_uid, measured_alike(place), choice);
    if (options_.is_blind) {
        whole.stored = without_outlines(std::move(whole.stored));
    }
    auto shared = std::make_shared<const Prepared>(
        Prepared{.place = place, .choice = choice, .written = written, .study = std::move(whole)});
    const std::scoped_lock guard(mutex_);
    prepared_.push_front(shared);
    prepared_.resize(std::min(prepared_.size(), kPreparedStudies));
    return shared;
}

SliceChoices ReviewSession::slice_choices(std::size_t place, int level_offset) {
    const AnalyzeOptions options =
        options_like(measured_alike(place), {.slice_uid = {}, .level_offset = level_offset});
    SliceChoices choices = images_.choices(study(place).study_uid, options);
    if (options_.is_blind) {
        choices.vertebrae.clear();
        for (AxialPlace& slice : choices.axial) {
            slice.offset_mm.reset();
        }
    }
    return choices;
}

MeasuredAgain ReviewSession::measure(std::size_t place,
                                     const SliceChoice& choice,
                                     LabelMap labels) {
    const std::shared_ptr<const Prepared> known = prepared(place, choice);
    MeasuredAgain again = measure_again(known->study.stored, known->study.even, std::move(labels));
    if (options_.estimator != nullptr) {
        const std::scoped_lock guard(risk_mutex_);
        add_risk(again.report, *options_.estimator, *options_.clinical);
    }
    return again;
}

void ReviewSession::correct(std::size_t place, const DecisionRequest& request, Reading& reading) {
    const std::shared_ptr<const Prepared> known = prepared(place, request.choice);
    MeasuredAgain again = measure(place, request.choice, request.labels);
    require(!again.touched.empty() || !request.choice.is_of_run(),
            "no outline was changed; accept the result instead");
    reading.level_offset = request.choice.level_offset;
    const OutputOptions outputs{.seg = options_.writes_dicom, .sr = options_.writes_dicom};
    if (options_.writes_dicom) {
        const fs::path folder = folder_of(place);
        require(objects_in(folder).empty() ? !has_run_pseudonyms() : !has_pseudonyms(folder),
                kNoNames);
    }
    write_correction(options_.folder, outputs, again, known->study.measured, reading);
}

std::size_t ReviewSession::decisions(std::size_t place) const {
    std::set<std::string> times;
    for (const Reading& reading : readings(place)) {
        if (reading.reader == options_.reader) {
            times.insert(reading.time);
        }
    }
    return times.size();
}

// Named by the decision that comes next, so that what an earlier one ended is never told, even if a
// power cut kept it from being removed.
fs::path ReviewSession::draft_file(std::size_t place) const {
    return options_.folder / "readings" / options_.reader / "drafts" /
           (study(place).folder.string() + "-" + std::to_string(decisions(place) + 1) + ".json");
}

std::optional<std::string> ReviewSession::draft(std::size_t place) const {
    return read_file(draft_file(place));
}

void ReviewSession::keep_draft(std::size_t place,
                               std::size_t decisions_then,
                               std::string_view text) {
    require(!options_.is_read_only, "this review is read-only; start it without --read-only");
    const std::scoped_lock drafts(drafts_mutex_);
    if (decisions_then != decisions(place)) {
        throw Error(ErrorCode::outline_mismatch,
                    "you decided about this study meanwhile; what is drawn since you opened it is "
                    "lost with this page unless you save it");
    }
    const fs::path file = draft_file(place);
    if (text.empty()) {
        std::error_code error;
        fs::remove(file, error);  // One that stays is told by the page, as of that time.
    } else {
        make_output_folder(file.parent_path());
        write_file(file, text);
    }
}

void ReviewSession::decide(std::size_t place, const DecisionRequest& request) {
    check(request, options_);
    const StudyRecord now = record(place);
    Reading reading{.study_uid = now.study_uid,
                    .reader = options_.reader,
                    .time = utc_now(),
                    .decision = request.decision,
                    .reason = request.reason,
                    .note = request.note,
                    .is_blind = options_.is_blind,
                    .software_version = std::string(software_version()),
                    .seen = seen_cells(now.measurement)};
    for (const std::string_view column : kSeenColumns) {
        if (!options_.is_blind && request.seen.get(column) != reading.seen.get(column)) {
            throw Error(ErrorCode::outline_mismatch,
                        "this study was measured again since you opened it; look at it anew");
        }
    }
    if (request.decision == Decision::corrected) {
        correct(place, request, reading);
    }
    const std::scoped_lock drafts(drafts_mutex_);
    const fs::path ended = draft_file(place);
    {
        const std::scoped_lock guard(mutex_);
        append_reading(options_.folder, reading);
        readings_.at(place).push_back(slim(std::move(reading)));
    }
    std::error_code error;
    fs::remove(ended, error);
}

}  // namespace paraspinal

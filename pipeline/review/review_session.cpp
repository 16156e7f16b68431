// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/review/review_session.h"

#include "core/error.h"
#include "pipeline/batch/readings_file.h"
#include "pipeline/batch/utc_now.h"
#include "pipeline/study/version.h"

#include <algorithm>
#include <map>
#include <utility>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

// The newest of them are those that a reader goes back to.
constexpr std::size_t kPreparedStudies = 4;

constexpr const char* kLabelsFile = "labels.nii.gz";

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
    reading.measurement = {};
    reading.muscles.clear();
    return reading;
}

}  // namespace

ReviewSession::ReviewSession(ReviewOptions options)
    : options_(std::move(options)), studies_(list_studies(options_.folder)) {
    require(is_reader_name(options_.reader),
            "--reader takes letters, digits, '.', '_' and '-', 40 at most, and neither 'model' nor "
            "'latest'");
    read_all_readings();
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
    const fs::path file = options_.folder / all[reading].outlines / kLabelsFile;
    return read_stored_labels(file, stored(place).slice.intensity.size());
}

std::shared_ptr<const ReviewSession::Prepared> ReviewSession::prepared(std::size_t place) {
    const fs::path folder = folder_of(place);
    const fs::path file = folder / "measurement.json";
    std::error_code error;
    const auto written = fs::last_write_time(file, error);
    {
        const std::scoped_lock guard(mutex_);
        for (const auto& known : prepared_) {
            if (known->place == place && known->written == written) {
                return known;
            }
        }
    }
    const NamedCells measured = record(place).measurement;
    StudyToCorrect whole = study_to_correct(folder, study(place).study_uid, measured);
    if (options_.is_blind) {
        whole.stored = without_outlines(std::move(whole.stored));
    }
    auto made = std::make_shared<const Prepared>(
        Prepared{.place = place, .written = written, .study = std::move(whole)});
    const std::scoped_lock guard(mutex_);
    prepared_.push_front(made);
    prepared_.resize(std::min(prepared_.size(), kPreparedStudies));
    return made;
}

MeasuredAgain ReviewSession::measure(std::size_t place, LabelMap labels) {
    const std::shared_ptr<const Prepared> known = prepared(place);
    MeasuredAgain again = measure_again(known->study.stored, known->study.even, std::move(labels));
    if (options_.estimator != nullptr) {
        const std::scoped_lock guard(risk_mutex_);
        add_risk(again.report, *options_.estimator, *options_.clinical);
    }
    return again;
}

void ReviewSession::correct(std::size_t place, LabelMap labels, Reading& reading) {
    MeasuredAgain again = measure(place, std::move(labels));
    require(!again.touched.empty(), "no outline was changed; accept the result instead");
    write_correction(options_.folder, again, record(place).measurement, reading);
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
        correct(place, request.labels, reading);
    }
    append_reading(options_.folder, reading);
    const std::scoped_lock guard(mutex_);
    readings_.at(place).push_back(slim(std::move(reading)));
}

}  // namespace paraspinal

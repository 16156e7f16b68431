// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/readings/apply_readings.h"

#include "core/error.h"
#include "pipeline/batch/readings/readings_file.h"
#include "pipeline/report/tables/measurement_columns.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <tuple>
#include <utility>

namespace paraspinal {
namespace {

// Where a row of the other tables lies.
bool is_place(std::string_view column) {
    constexpr std::array<std::string_view, 7> kPlace{
        "place", "place_fraction", "structure", "side", "from_level", "to_level", "vertebra"};
    return std::ranges::find(kPlace, column) != kPlace.end();
}

// What stays of a row whose numbers are rejected: who, which slice, and by which program.
bool is_kept_of_rejected(std::string_view column) {
    return column == "software_version" || is_place(column) ||
           std::ranges::find(kIdentityColumns, column) != kIdentityColumns.end();
}

std::string joined_note(const Reading& reading) {
    const bool has_both = !reading.reason.empty() && !reading.note.empty();
    return reading.reason + (has_both ? ": " : "") + reading.note;
}

void clear_numbers(NamedCells& line) {
    for (std::size_t i = 0; i < line.columns.size(); ++i) {
        if (!is_kept_of_rejected(line.columns[i])) {
            line.cells.at(i).clear();
        }
    }
}

// Who rejects a study looked at its own slice; its other levels rest on the same images and on the
// same count of the vertebrae, so they go with it.
void reject(StudyRecord& record, const Reading& reading) {
    clear_numbers(record.measurement);
    record.muscles.clear();
    record.status = "failed";
    record.reason = error_name(ErrorCode::rejected_by_reader);
    record.message = "a reader rejected this result (" + reading.reason +
                     "); it is there as it was measured with --reading model";
    const auto state_failure = [&record](NamedCells& line) {
        line.set("status", record.status);
        line.set("reason", record.reason);
        line.set("message", record.message);
    };
    state_failure(record.measurement);
    const auto reject_line = [&state_failure](NamedCells line) {
        if (line.get("status") != "failed") {
            clear_numbers(line);
            state_failure(line);
        }
        return line;
    };
    for (LevelLine& level : record.levels) {
        if (level.own) {
            level.own = reject_line(std::move(*level.own));
        }
    }
    record.slices.change_lines(reject_line);
    record.volumes.change_lines(reject_line);
    record.vertebrae.change_lines(reject_line);
}

// What a line of slices.csv has of a measurement: its numbers, and how far they may be trusted.
bool is_measured_on_slice(std::string_view column) {
    return column.ends_with("_cm2") || column.ends_with("_pct") || column == "csa_vb_ratio" ||
           column == "status" || column == "qc_flags" || column == "outline_model";
}

// Her numbers on the slice that she corrected. Areas across the spine are those of the program's
// outlines and go, as do those of a vertebral body where the slice lies in a disc.
NamedCells with_correction(NamedCells line, const NamedCells& corrected) {
    for (const std::string& column : std::vector(line.columns)) {
        const bool is_of_body = column.starts_with("vb_") || column == "csa_vb_ratio";
        if (is_measured_on_slice(column) && !(is_of_body && line.get(column).empty())) {
            line.set(column, corrected.get(column));
        }
    }
    return line;
}

void correct_slices(StudyRecord& record, const NamedCells& corrected) {
    bool is_listed = false;
    record.slices.change_lines([&](NamedCells line) {
        const bool is_hers = line.get("series_uid") == corrected.get("series_uid") &&
                             line.get("sop_instance_uid") == corrected.get("sop_instance_uid");
        is_listed = is_listed || is_hers;
        return is_hers ? with_correction(std::move(line), corrected) : std::move(line);
    });
    if (is_listed) {
        record.volumes.change_lines([](NamedCells line) {
            if (line.get("status") != "failed") {
                line.add_flag("qc_flags", Flag::correction_not_counted);
            }
            return line;
        });
    }
}

}  // namespace

StandingReadings standing_readings(const std::vector<std::filesystem::path>& folders) {
    StandingReadings standing;
    std::vector<Reading> all;
    for (const std::filesystem::path& folder : folders) {
        standing.damaged +=
            for_each_reading(folder, [&](Reading reading) { all.push_back(std::move(reading)); });
    }
    std::ranges::stable_sort(all, {}, &Reading::time);
    std::map<std::pair<std::string, std::string>, std::size_t> last_of_reader;
    for (std::size_t i = 0; i < all.size(); ++i) {
        last_of_reader[{all[i].study_uid, all[i].reader}] = i;
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (last_of_reader.at({all[i].study_uid, all[i].reader}) == i) {
            standing.readings.push_back(std::move(all[i]));
        }
    }
    return standing;
}

ChosenReadings::ChosenReadings(const std::vector<std::filesystem::path>& folders,
                               const std::string& choice)
    : ChosenReadings(choice == kNoReading ? StandingReadings() : standing_readings(folders),
                     choice) {}

ChosenReadings::ChosenReadings(StandingReadings standing, const std::string& choice) {
    if (choice == kNoReading) {
        return;
    }
    bool is_known = choice == kLatestReading;
    for (Reading& reading : standing.readings) {
        if (choice == kLatestReading || choice == reading.reader) {
            is_known = true;
            // Who takes a decision back leaves the word to the others.
            if (reading.decision != Decision::withdrawn) {
                by_study_[reading.study_uid] = std::move(reading);
            }
        }
    }
    if (!is_known) {
        throw Error(ErrorCode::usage,
                    "nobody named '" + choice +
                        "' has read here; --reading takes latest, model or the name of a reader");
    }
}

const Reading* ChosenReadings::of(const std::string& study_uid) const {
    const auto found = by_study_.find(study_uid);
    return found == by_study_.end() ? nullptr : &found->second;
}

bool is_outdated(const Reading& reading, const NamedCells& measurement) {
    // Only what she saw: an older version kept fewer columns. Another model may come to the same.
    return std::ranges::any_of(kSeenColumns, [&](std::string_view column) {
        return std::ranges::find(reading.seen.columns, column) != reading.seen.columns.end() &&
               reading.seen.get(column) != measurement.get(column);
    });
}

StudyRecord with_reading(StudyRecord record, const Reading* reading) {
    if (reading == nullptr) {
        return record;
    }
    std::string status(decision_name(reading->decision));
    if (reading->decision != Decision::rejected && is_outdated(*reading, record.measurement)) {
        status = "outdated";
    } else if (reading->decision == Decision::corrected) {
        const NamedCells measured = std::exchange(record.measurement, reading->measurement);
        record.muscles = reading->muscles;
        record.status = record.measurement.get("status");
        record.reason.clear();
        record.message.clear();
        // Where the files lie now.
        for (const std::string_view place : {"source_file", "study_folder"}) {
            record.measurement.set(place, measured.get(place));
        }
        record.measurement.set("reading", "corrected");
        correct_slices(record, record.measurement);
    } else if (reading->decision == Decision::rejected && record.status != "failed") {
        reject(record, *reading);
    }
    record.measurement.set("reader", reading->reader);
    record.measurement.set("review_status", status);
    record.measurement.set("review_note", joined_note(*reading));
    return record;
}

}  // namespace paraspinal

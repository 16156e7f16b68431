// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/review/correction.h"

#include "core/error.h"
#include "io/read_file.h"
#include "pipeline/batch/readings/apply_readings.h"
#include "pipeline/batch/readings/keep_correction.h"
#include "pipeline/batch/readings/readings_file.h"
#include "pipeline/batch/sent_objects.h"
#include "pipeline/report/tables/measurement_columns.h"
#include "pipeline/report/tables/measurement_row.h"
#include "pipeline/study/version.h"
#include "segmentation/fat/correct_bias.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

// The slice of a correction; nullopt: of a run that measured another one then.
std::optional<SliceChoice> choice_of(const Reading& reading, const NamedCells& measured) {
    const std::string slice = reading.measurement.get("sop_instance_uid");
    if (reading.level_offset != 0) {
        return SliceChoice{.slice_uid = {}, .level_offset = reading.level_offset};
    }
    if (slice == measured.get("sop_instance_uid")) {
        return SliceChoice{};
    }
    const bool is_chosen = reading.seen.get("sop_instance_uid") != slice;
    return is_chosen ? std::optional(SliceChoice{.slice_uid = slice}) : std::nullopt;
}

// Those that the correction has already, but none that would say the name that they hide.
OutputOptions objects_of(const fs::path& run,
                         const Reading& reading,
                         const std::optional<Pseudonyms>& pseudonyms) {
    const fs::path folder = run / reading.outlines;
    if (!pseudonyms && has_pseudonyms(folder)) {
        return {};
    }
    return {.seg = fs::exists(folder / "seg.dcm"),
            .sr = fs::exists(folder / "sr.dcm"),
            .pseudonyms = pseudonyms};
}

// False: it cannot be measured as the run is now.
bool renew(const fs::path& run,
           const StudyRecord& now,
           Reading& reading,
           StudyImages& images,
           const RenewalOptions& options) {
    Reading renewed = reading;
    const std::optional<SliceChoice> choice = choice_of(reading, now.measurement);
    if (now.status == "failed" || !choice) {
        return false;
    }
    try {
        StudyToCorrect study = study_to_correct(
            record_path(run, now.study_uid).parent_path(), now.study_uid, now.measurement);
        if (!choice->is_of_run()) {
            study = other_slice(images, now.study_uid, study.stored, *choice);
        }
        LabelMap labels = read_stored_labels(run / reading.outlines / "labels.nii.gz",
                                             study.stored.slice.intensity.size());
        MeasuredAgain again = measure_again(
            reading.is_blind ? without_outlines(std::move(study.stored)) : study.stored,
            study.even,
            std::move(labels));
        if (options.risk.estimator != nullptr) {
            add_risk(again.report, *options.risk.estimator, *options.risk.clinical);
        }
        renewed.software_version = software_version();
        renewed.seen = seen_cells(now.measurement);
        write_correction(
            run, objects_of(run, reading, options.pseudonyms), again, study.measured, renewed);
    } catch (const Error&) {
        return false;
    }
    append_reading(run, renewed);
    reading = std::move(renewed);
    return true;
}

// Whether it is another one now.
bool renew_risk(const fs::path& run,
                const StudyRecord& now,
                Reading& reading,
                StudyImages& images,
                const RenewalOptions& options) {
    NamedCells line = with_risk(reading.measurement, options.risk);
    if (line.cells == reading.measurement.cells) {
        return false;
    }
    // An SR states the risk.
    const bool has_report = objects_of(run, reading, options.pseudonyms).sr;
    if (!has_report || !renew(run, now, reading, images, options)) {
        reading.measurement = std::move(line);
        append_reading(run, reading);
    }
    return true;
}

OvertakenReading overtaken(const Reading& reading, const StudyRecord& now, bool is_renewed) {
    return {.study_folder = record_path({}, now.study_uid).parent_path(),
            .reader = reading.reader,
            .decision = reading.decision,
            .hers = reading.decision == Decision::corrected ? reading.measurement : reading.seen,
            .now = now.measurement,
            .is_renewed = is_renewed};
}

}  // namespace

StudyToCorrect study_to_correct(const fs::path& study_folder,
                                const std::string& study_uid,
                                const NamedCells& measured) {
    StudyToCorrect study{
        .stored = read_stored_study(study_folder, study_uid), .even = {}, .measured = measured};
    study.stored.study.accession_number = measured.get("accession_number");
    study.stored.study.study_date = measured.get("study_date");
    study.even = correct_bias(study.stored.slice, study.stored.options.bias);
    require_same_numbers(study.stored, study.even, measured);
    return study;
}

AnalyzeOptions options_like(const StoredStudy& like, const SliceChoice& choice) {
    AnalyzeOptions analyze;
    analyze.measure = like.options;
    analyze.slice.level = like.level.level;
    analyze.slice.level_offset = choice.level_offset;
    if (!choice.slice_uid.empty()) {
        analyze.slice.slice_uid = choice.slice_uid;
    }
    return analyze;
}

StudyToCorrect other_slice(StudyImages& images,
                           const std::string& study_uid,
                           const StoredStudy& like,
                           const SliceChoice& choice) {
    const StudyReport report = images.measure(study_uid, options_like(like, choice));
    StudyToCorrect study{
        .stored = stored_study(report, like.options),
        .even = correct_bias(report.slice, like.options.bias),
        .measured = {.columns = measurement_columns(),
                     .cells = measurement_row(report, std::string(software_version()))}};
    require_same_numbers(study.stored, study.even, study.measured);
    return study;
}

void write_correction(const fs::path& run,
                      const OutputOptions& outputs,
                      MeasuredAgain& again,
                      const NamedCells& measured,
                      Reading& reading) {
    reading.touched.clear();
    for (const Structure structure : again.touched) {
        reading.touched.emplace_back(label_name(structure));
    }
    reading.measurement = line_of(again.report, measured);
    if (has_dicom_object(outputs)) {
        again.report.source =
            header_of(reading.study_uid, measured.get("source_file"), again.report.slice_uid);
    }
    keep_correction(run, outputs, again.report, reading);
}

RenewedCorrections renew_corrections(const fs::path& run,
                                     const Ledger& ledger,
                                     const RenewalOptions& options) {
    RenewedCorrections result;
    const ContradictionsByStudy contradictions = ledger.contradictions();
    StudyImages images(
        [&](const std::string& uid) { return files_by_ledger(ledger, contradictions, uid); });
    StandingReadings standing = standing_readings({run});
    for (Reading& reading : standing.readings) {
        const bool is_correction = reading.decision == Decision::corrected;
        if (!is_correction && reading.decision != Decision::accepted) {
            continue;
        }
        const std::optional<std::string> record = read_file(record_path(run, reading.study_uid));
        if (!record) {
            continue;
        }
        const StudyRecord now = parse_record(*record);
        if (is_outdated(reading, now.measurement)) {
            const bool is_renewed = is_correction && renew(run, now, reading, images, options);
            result.renewed += is_renewed ? 1 : 0;
            result.outdated += is_correction && !is_renewed ? 1 : 0;
            result.overtaken.push_back(overtaken(reading, now, is_renewed));
        } else if (is_correction) {
            result.risks += renew_risk(run, now, reading, images, options) ? 1 : 0;
        }
    }
    return result;
}

}  // namespace paraspinal

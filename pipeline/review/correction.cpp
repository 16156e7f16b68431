// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/review/correction.h"

#include "core/error.h"
#include "io/read_file.h"
#include "pipeline/batch/readings/apply_readings.h"
#include "pipeline/batch/readings/keep_correction.h"
#include "pipeline/batch/readings/readings_file.h"
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

// Those that the correction has already.
OutputOptions objects_of(const fs::path& run, const Reading& reading) {
    const fs::path folder = run / reading.outlines;
    return {.seg = fs::exists(folder / "seg.dcm"), .sr = fs::exists(folder / "sr.dcm")};
}

// False: it cannot be measured as the run is now.
bool renew(const fs::path& run,
           const StudyRecord& now,
           Reading reading,
           StudyImages& images,
           const RenewalOptions& options) {
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
        reading.software_version = software_version();
        reading.seen = seen_cells(now.measurement);
        OutputOptions outputs = objects_of(run, reading);
        outputs.pseudonyms = options.pseudonyms;
        write_correction(run, outputs, again, study.measured, reading);
    } catch (const Error&) {
        return false;
    }
    append_reading(run, reading);
    return true;
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
    for (Reading& reading : standing_readings({run}).readings) {
        if (reading.decision != Decision::corrected) {
            continue;
        }
        const std::optional<std::string> record = read_file(record_path(run, reading.study_uid));
        if (!record) {
            continue;
        }
        const StudyRecord now = parse_record(*record);
        if (is_outdated(reading, now.measurement)) {
            ++(renew(run, now, std::move(reading), images, options) ? result.renewed
                                                                    : result.outdated);
        } else if (NamedCells line = with_risk(reading.measurement, options.risk);
                   line.cells != reading.measurement.cells) {
            ++result.risks;
            // An SR states the risk.
            if (objects_of(run, reading).sr && renew(run, now, reading, images, options)) {
                continue;
            }
            reading.measurement = std::move(line);
            append_reading(run, reading);
        }
    }
    return result;
}

}  // namespace paraspinal

// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/review/correction.h"

#include "core/error.h"
#include "io/output_file.h"
#include "io/read_file.h"
#include "pipeline/batch/apply_readings.h"
#include "pipeline/batch/readings_file.h"
#include "pipeline/report/write_outputs.h"
#include "pipeline/study/version.h"
#include "segmentation/fat/correct_bias.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

// The first number that nobody has: made by mkdir, which only one process can win.
fs::path new_folder(const fs::path& run, const std::string& reader) {
    const fs::path parent = fs::path("readings") / reader;
    make_output_folder(run / parent);
    for (int number = 1;; ++number) {
        const fs::path folder = parent / std::to_string(number);
        if (fs::create_directory(run / folder)) {
            return folder;
        }
    }
}

bool is_same_slice(const Reading& reading, const NamedCells& measured) {
    return reading.measurement.get("sop_instance_uid") == measured.get("sop_instance_uid");
}

// False: it cannot be measured as the run is now.
bool renew(const fs::path& run,
           const StudyRecord& now,
           Reading reading,
           RiskEstimator* estimator,
           const ClinicalTable* clinical) {
    const NamedCells& measured = now.measurement;
    if (now.status == "failed" || !is_same_slice(reading, measured)) {
        return false;
    }
    try {
        StudyToCorrect study = study_to_correct(
            record_path(run, now.study_uid).parent_path(), now.study_uid, measured);
        LabelMap labels = read_stored_labels(run / reading.outlines / "labels.nii.gz",
                                             study.stored.slice.intensity.size());
        MeasuredAgain again = measure_again(
            reading.is_blind ? without_outlines(std::move(study.stored)) : study.stored,
            study.even,
            std::move(labels));
        if (estimator != nullptr) {
            add_risk(again.report, *estimator, *clinical);
        }
        reading.software_version = software_version();
        reading.seen = seen_cells(measured);
        write_correction(run, again, measured, reading);
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
    StudyToCorrect study{.stored = read_stored_study(study_folder, study_uid), .even = {}};
    study.stored.study.accession_number = measured.get("accession_number");
    study.stored.study.study_date = measured.get("study_date");
    study.even = correct_bias(study.stored.slice, study.stored.options.bias);
    require_same_numbers(study.stored, study.even, measured);
    return study;
}

void write_correction(const fs::path& run,
                      MeasuredAgain& again,
                      const NamedCells& measured,
                      Reading& reading) {
    reading.touched.clear();
    for (const Structure structure : again.touched) {
        reading.touched.emplace_back(label_name(structure));
    }
    reading.measurement = line_of(again.report, measured);
    reading.muscles = muscle_lines_of(again.report);
    const OutputOptions outputs{.csv = false,
                                .json = false,
                                .png = false,
                                .roi = true,
                                .software_version = reading.software_version};
    const fs::path folder = new_folder(run, reading.reader);
    const std::vector<fs::path> written = write_study_outputs(run / folder, again.report, outputs);
    reading.outlines = (folder / written.front().parent_path().filename()).string();
}

RenewedCorrections renew_corrections(const fs::path& run,
                                     RiskEstimator* estimator,
                                     const ClinicalTable* clinical) {
    RenewedCorrections result;
    for (Reading& reading : standing_readings({run})) {
        if (reading.decision != Decision::corrected) {
            continue;
        }
        const std::optional<std::string> record = read_file(record_path(run, reading.study_uid));
        if (!record) {
            continue;
        }
        const StudyRecord now = parse_record(*record);
        if (is_outdated(reading, now.measurement)) {
            ++(renew(run, now, std::move(reading), estimator, clinical) ? result.renewed
                                                                        : result.outdated);
        }
    }
    return result;
}

}  // namespace paraspinal

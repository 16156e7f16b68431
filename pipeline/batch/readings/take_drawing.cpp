// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/readings/take_drawing.h"

#include "core/error.h"
#include "io/find_studies.h"
#include "io/nifti/scan.h"
#include "io/read_file.h"
#include "pipeline/batch/readings/keep_correction.h"
#include "pipeline/batch/readings/readings_file.h"
#include "pipeline/report/tables/measurement_columns.h"
#include "pipeline/report/tables/measurement_row.h"
#include "pipeline/study/study_result.h"
#include "pipeline/study/version.h"

#include <algorithm>
#include <iterator>

namespace paraspinal {
namespace {

// Labels of a NIfTI map are numbers, so the names are for the other files.
OwnOutlineFiles files_of(const Drawing& drawing) {
    return {
        .outlines = drawing.file,
        .roi_names = has_nifti_name(drawing.file) ? std::filesystem::path() : drawing.roi_names};
}

StudyReport measured(const StudyRequest& request, const StudyWork& work, Models& models) {
    AnalyzeOptions analyze = work.analyze;
    analyze.own_outlines = read_own_outlines(files_of(*request.drawing));
    analyze.levels.clear();
    analyze.every_slice = false;
    Study study = read_study(request.study_uid, request.files);
    study.contradictions = request.contradictions;
    StudyResult result = study_result(study, analyze, models);
    if (const auto* const failure = std::get_if<StudyFailure>(&result.outcome)) {
        throw Error(failure->code, failure->cause.empty() ? failure->message : failure->cause);
    }
    auto report = std::get<StudyReport>(std::move(result.outcome));
    if (work.estimator != nullptr) {
        add_risk(report, *work.estimator, *work.clinical);
    }
    return report;
}

// What the network did not outline.
std::vector<std::string> drawn_structures(const StudyReport& report) {
    std::vector<std::string> drawn;
    for (const Structure structure : kStructures) {
        const bool is_there = std::ranges::find(report.outlines.labels.pixels, structure) !=
                              report.outlines.labels.pixels.end();
        if (is_there && !report.outlines.confidence.contains(structure)) {
            drawn.emplace_back(label_name(structure));
        }
    }
    return drawn;
}

}  // namespace

StudyRecord take_drawing(const StudyRequest& request, const StudyWork& work, Models& models) {
    StudyReport report = measured(request, work, models);
    const std::string version(software_version());
    StudyRecord run =
        parse_record(read_file(record_path(work.folder, request.study_uid)).value_or(""));
    Reading reading{.study_uid = request.study_uid,
                    .reader = request.drawing->reader,
                    .time = request.drawing->time,
                    .decision = Decision::corrected,
                    .software_version = version,
                    .seen = seen_cells(run.measurement),
                    .touched = drawn_structures(report),
                    .measurement = {.columns = measurement_columns(),
                                    .cells = measurement_row(report, version)},
                    .drawing_sha256 = request.drawing->sha256,
                    .options = request.fingerprints.options};
    keep_correction(work.folder, work.outputs, report, reading);
    append_reading(work.folder, reading);
    return run;
}

}  // namespace paraspinal

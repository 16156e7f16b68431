// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/batch/study_request.h"
#include "pipeline/report/write_outputs.h"
#include "pipeline/study/add_risk.h"
#include "pipeline/study/analyze_study.h"
#include "pipeline/tables/clinical_table.h"
#include "risk/model/estimate_risk.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace paraspinal {

/// What a worker process needs to measure studies.
struct StudyWork {
    std::filesystem::path folder;  ///< Of the batch.
    AnalyzeOptions analyze;
    OutputOptions outputs;
    RiskEstimator* estimator = nullptr;  ///< Without it no risk.
    const ClinicalTable* clinical = nullptr;
};

/// Measures one study: empties its folder below `work.folder`, writes its files, its record last.
/// Whatever goes wrong with the study is its result. Returns that record.
/// Throws Error output_not_writable.
StudyRecord measure_request(const StudyRequest& request, const StudyWork& work, Models& models);

/// The record of a study whose worker process was lost: `code` is crashed, timeout or
/// out_of_memory. `levels` as AnalyzeOptions::levels.
StudyRecord unmeasured_record(const StudyRequest& request,
                              const std::vector<std::string>& levels,
                              const std::string& patient_id,
                              ErrorCode code,
                              const std::string& message);

/// The life of a worker process: says "ready" on the socket `descriptor`, answers requests until it
/// is closed. When the other side vanishes in the middle of a study, the process ends at once.
void serve_studies(int descriptor, const std::function<StudyRecord(const StudyRequest&)>& measure);

}  // namespace paraspinal

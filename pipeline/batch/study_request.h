// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/batch/study_record.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// What a worker process is asked to measure.
struct StudyRequest {
    std::string study_uid;
    Fingerprints fingerprints;  ///< Go into the record.
    std::vector<std::filesystem::path> files;
};

/// As a line of JSON (without its end), for WorkerProcess::ask.
std::string request_text(const StudyRequest& request);
/// nullopt for a line that request_text did not write.
std::optional<StudyRequest> parse_request(std::string_view line);

/// What a worker answers.
struct StudyAnswer {
    bool is_done = false;        ///< The record is written; else nothing can be written any more.
    bool worker_leaves = false;  ///< After this study the worker ends; use a new one.
    double processor_s = 0;
    double peak_memory_mb = 0;
    std::string message;  ///< Only when it is not done.
};

/// As a line of JSON (without its end).
std::string answer_text(const StudyAnswer& answer);
/// nullopt for a line that answer_text did not write.
std::optional<StudyAnswer> parse_answer(std::string_view line);

}  // namespace paraspinal

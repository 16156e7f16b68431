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

/// Outlines of a study that somebody drew elsewhere.
struct Drawing {
    std::filesystem::path file;       ///< As OwnOutlineFiles.
    std::filesystem::path roi_names;  ///< Likewise; may be empty.
    std::string reader;               ///< As is_reader_name.
    std::string time;                 ///< Of the reading that it becomes.
    std::string sha256;               ///< Of the file.
};

/// What a worker process is asked to measure.
struct StudyRequest {
    std::string study_uid;
    Fingerprints fingerprints;  ///< Go into the record.
    std::vector<std::filesystem::path> files;
    KeyContradictions contradictions{};  ///< As Study::contradictions.
    std::optional<Drawing> drawing{};    ///< Given: only this becomes a reading (take_drawing).
};

/// As a line of JSON (without its end), for WorkerProcess::ask.
std::string request_text(const StudyRequest& request);
/// nullopt for a line that request_text did not write.
std::optional<StudyRequest> parse_request(std::string_view line);

/// What a worker answers.
struct StudyAnswer {
    bool is_done = false;        ///< What was asked for is written; else nothing is.
    bool worker_leaves = false;  ///< After this study the worker ends; use a new one.
    double processor_s = 0;
    double peak_memory_mb = 0;
    std::string code;     ///< error_name, only when it is not done.
    std::string message;  ///< Likewise.
};

/// As a line of JSON (without its end).
std::string answer_text(const StudyAnswer& answer);
/// nullopt for a line that answer_text did not write.
std::optional<StudyAnswer> parse_answer(std::string_view line);

}  // namespace paraspinal

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

/// On the wire: "BYTES\n", then the fields, each ended by a NUL, as file names may hold any other
/// byte.
std::string request_text(const StudyRequest& request);

/// Takes the fields apart; the inverse of request_text without its first line.
StudyRequest parse_request(std::string_view fields);

/// What a worker answers, on one line: "done PROCESSOR_SECONDS PEAK_MEGABYTES stays|leaves" when
/// the record is written, or "stop MESSAGE" when nothing can be written any more.
struct StudyAnswer {
    bool is_done = false;
    bool worker_leaves = false;  ///< After this study the worker ends; use a new one.
    double processor_s = 0;
    double peak_memory_mb = 0;
    std::string message;  ///< Only when it is not done.
};

std::string answer_text(const StudyAnswer& answer);
/// nullopt for a line that answer_text did not write.
std::optional<StudyAnswer> parse_answer(std::string_view line);

}  // namespace paraspinal

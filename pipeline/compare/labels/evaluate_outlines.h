// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/compare/labels/match_cases.h"
#include "pipeline/compare/labels/read_case.h"
#include "pipeline/compare/labels/summarize_scores.h"
#include "pipeline/report/pictures/contact_sheet.h"
#include "segmentation/outline/outline.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace paraspinal {

struct EvaluateOptions {
    std::filesystem::path images;
    std::filesystem::path masks;
    ReadCaseOptions reading;
    /// How many of the worst slices are kept for the picture.
    std::size_t worst = 12;
    /// Told before each case how many are done, of how many.
    std::function<void(std::size_t done, std::size_t total)> progress = [](auto, auto) {};
};

/// Our outlines against reference masks.
struct Evaluation {
    std::vector<CaseScore> cases;  ///< In the order of names, then slices.
    std::vector<RegionSummary> summary;
    std::vector<ComparedOutlines> worst;  ///< By Dice of all muscles, else mean Dice; worst first.
    std::vector<std::string> unmatched_masks;
    std::int64_t without_reference = 0;  ///< Slices.
    std::int64_t failed = 0;             ///< Cases or slices that could not be scored.
    std::set<int> unnamed_values;
};

/// Outlines every slice that has a reference and scores it. An error costs its own case only.
/// Throws Error as match_cases, usage as read_case, and outline_mismatch when no slice has a
/// reference.
Evaluation evaluate_outlines(const EvaluateOptions& options, OutlineModel& model);

}  // namespace paraspinal

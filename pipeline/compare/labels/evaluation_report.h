// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/compare/labels/evaluate_outlines.h"

#include <string>

namespace paraspinal {

// An evaluation as people and programs read it; docs/evaluate.md explains the columns.

/// The summary, at most 80 columns wide. `model` is OutlineModel::description().
std::string evaluation_text(const Evaluation& evaluation, const std::string& model);

/// One row a region, over all slices.
std::string evaluation_summary_csv(const Evaluation& evaluation);

/// One row a slice and region, and one a case that failed, with the reason.
std::string evaluation_cases_csv(const Evaluation& evaluation);

/// The rows of both tables; absent numbers are null.
std::string evaluation_json(const Evaluation& evaluation, const std::string& model);

}  // namespace paraspinal
